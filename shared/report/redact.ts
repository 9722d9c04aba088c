import type { Port } from '../model/container'
import type { Evidence } from '../model/evidence'
import type { Mount } from '../model/files'
import type { NetworkView } from '../model/network'
import type { Snapshot } from '../model/snapshot'
import type { ThisComputer } from '../model/this-computer'
import { maskArguments, maskCommandLine } from './redaction/mask-arguments'
import { MASK, maskAddress, maskPath, maskText } from './redaction/mask-text'

/** Accounts and names that every machine has; masking them would hide facts and protect nobody. */
const ORDINARY = new Set(['', 'root', 'nobody', 'localhost'])

/**
 * The same snapshot to give away: secret-looking names and arguments, label values, host users, home folders, addresses and
 * host names become `‹redacted›`. Numbers, verdicts and what findings judge by stay, so the findings are the same.
 */
export function redact(snapshot: Snapshot): Snapshot {
  const { container, engine, host, files, network, users, workingDirectory, hostname, security } = snapshot
  const names = identifyingNames(snapshot)
  const text = (found: string): string => maskText(found, names)
  const textOrNull = (found: string | null): string | null => (found === null ? null : text(found))
  const pathOrNull = (found: string | null): string | null => (found === null ? null : text(maskPath(found)))
  const path = (found: string): string => text(maskPath(found))
  const args = (found: string[]): string[] => maskArguments(found, names)
  const evidence = (found: Evidence): Evidence =>
    ({ ...found, detail: text(found.detail), command: text(found.command), unknownBecause: textOrNull(found.unknownBecause) })

  return {
    ...snapshot,
    engine: { ...engine, name: text(engine.name), endpoint: { origin: text(engine.endpoint.origin), address: maskEndpoint(engine.endpoint.address) } },
    host: { ...host, hostname: maskName(host.hostname), proof: text(host.proof.replaceAll(engine.endpoint.address, maskEndpoint(engine.endpoint.address))), engineUser: maskName(host.engineUser) },
    thisComputer: snapshot.thisComputer && maskComputer(snapshot.thisComputer, names),
    hostname: { inside: maskName(hostname.inside), host: maskName(hostname.host) },
    container: {
      ...container,
      command: maskCommandLine(container.command, names),
      entrypoint: args(container.entrypoint),
      arguments: args(container.arguments),
      environment: container.environment.map(({ name, looksSecret }) => ({ name: looksSecret ? MASK : name, looksSecret })),
      labels: container.labels.map(({ name }) => ({ name, value: MASK })),
      mounts: container.mounts.map(mount => ({ ...mount, source: path(mount.source) })),
      devices: container.devices.map(device => ({ ...device, onHost: path(device.onHost) })),
      ports: container.ports.map(maskPort),
    },
    namespaces: snapshot.namespaces.map(namespace => ({ ...namespace, source: evidence(namespace.source), hostSource: evidence(namespace.hostSource) })),
    processes: snapshot.processes.map(process => ({ ...process, args: args(process.args), hostUser: maskName(process.hostUser) })),
    hostProcesses: snapshot.hostProcesses.map(process => ({ ...process, args: args(process.args), user: maskName(process.user) })),
    files: { ...files, mounts: files.mounts.map((mount): Mount => ({ ...mount, source: path(mount.source), hostPath: pathOrNull(mount.hostPath), options: path(mount.options) })) },
    workingDirectory: { inside: workingDirectory.inside, onHost: pathOrNull(workingDirectory.onHost) },
    network: {
      ...network,
      inside: maskView(network.inside),
      host: maskView(network.host),
      published: network.published.map(maskPort),
      attached: network.attached.map(({ name, address, gateway }) => ({ name, address: maskAddressOrNull(address), gateway: maskAddressOrNull(gateway) })),
    },
    users: {
      ...users,
      host: users.host?.map(entry => ({ ...entry, name: maskName(entry.name) ?? '', home: maskPath(entry.home) })) ?? null,
      main: { ...users.main, hostUser: maskName(users.main.hostUser) },
    },
    security: { ...security, mountedSockets: security.mountedSockets.map(socket => ({ ...socket, hostPath: path(socket.hostPath) })), devices: security.devices.map(device => ({ ...device, onHost: path(device.onHost) })) },
    evidence: mapValues(snapshot.evidence, evidence),
    problems: snapshot.problems.map(({ code, what, fix }) => ({ code, what: text(what), fix: text(fix) })),
  }
}

/** The names of the machines and of people's accounts; those of services name nobody. */
function identifyingNames({ hostname, host, users, thisComputer: own }: Snapshot): Set<string> {
  const people = [...users.host ?? [], ...own?.users ?? []].filter(({ uid }) => uid >= 500 && uid < 65_534).map(({ name }) => name)
  return new Set([hostname.inside, hostname.host, host.hostname, host.engineUser, own?.hostname ?? null, ...people].flatMap(name => (name === null || ORDINARY.has(name) ? [] : [name])))
}

/** What this computer runs is its owner's: the programs' paths and names go through the same masks as a container's command lines. */
function maskComputer(own: ThisComputer, names: ReadonlySet<string>): ThisComputer {
  const text = (found: string): string => maskText(found, names)
  return {
    ...own,
    hostname: maskName(own.hostname),
    processes: own.processes?.map(process => ({ ...process, user: maskName(process.user), command: text(maskPath(process.command)) })) ?? null,
    users: own.users?.map(({ name, uid }) => ({ name: maskName(name) ?? '', uid })) ?? null,
    interfaces: own.interfaces?.map(({ name, addresses }) => ({ name, addresses: addresses.map(maskAddress) })) ?? null,
    evidence: mapValues(own.evidence, ({ detail, command, unknownBecause, ...rest }) =>
      ({ ...rest, detail: text(detail), command: text(command), unknownBecause: unknownBecause === null ? null : text(unknownBecause) })),
  }
}

/** A socket of this machine keeps its path; of an engine elsewhere only the way to it stays. */
const maskEndpoint = (address: string): string => {
  const [, scheme = '', rest = ''] = address.match(/^([a-z]+:\/\/)(.*)$/s) ?? []
  return scheme === 'unix://' || scheme === 'npipe://' ? scheme + maskPath(rest) : scheme + MASK
}

const maskName = (name: string | null): string | null => (name === null || ORDINARY.has(name) ? name : MASK)

const maskAddressOrNull = (address: string | null): string | null => (address === null ? null : maskAddress(address))

const maskPort = (port: Port): Port => ({ ...port, hostAddress: maskAddressOrNull(port.hostAddress) })

const maskView = (view: NetworkView | null): NetworkView | null => view && {
  interfaces: view.interfaces.map(found => ({
    ...found,
    macAddress: found.macAddress === null ? null : MASK,
    addresses: found.addresses.map(maskAddress),
  })),
  otherAddresses: view.otherAddresses.map(maskAddress),
  listening: view.listening.map(socket => ({ ...socket, address: maskAddress(socket.address) })),
  defaultGateway: maskAddressOrNull(view.defaultGateway),
}

const mapValues = <Key extends string, Value>(record: Record<Key, Value>, change: (value: Value) => Value): Record<Key, Value> => {
  const changed = { ...record }
  for (const key in record)
    changed[key] = change(record[key])
  return changed
}
