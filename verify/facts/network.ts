import { isDeepStrictEqual } from 'node:util'
import type { NetworkView } from '../../shared/model/network'
import type { Ledger } from '../ledger'
import { firstPid, type Look } from '../look'
import { bySocket, defaultGateway, type FoundInterface, type FoundSocket, interfacesOf, listeningOf } from '../oracles/network'

const interfacesIn = (view: NetworkView): FoundInterface[] => view.interfaces.map(({ name, macAddress, mtu, state, addresses, hostPeer, hostBridge }) =>
  ({ name, macAddress, mtu: mtu ?? Number.NaN, state: state ?? '', addresses: [...addresses].sort(), hostPeer, hostBridge })).sort((a, b) => a.name < b.name ? -1 : 1)

/** Without sysfs, which only who may trace the process sees, names and addresses are all that is told. */
const namesAndAddresses = (found: readonly FoundInterface[]) => found.map(({ name, addresses }) => ({ name, addresses }))

const endsOf = (found: readonly FoundInterface[]) => found.map(({ name, hostPeer, hostBridge }) => ({ name, hostPeer, hostBridge }))

const socketsIn = (view: NetworkView): FoundSocket[] => view.listening.map(({ protocol, port, hostPid }) => ({ protocol, port, hostPid })).sort(bySocket)

/** Interfaces, addresses, gateway and listeners as ip and ss see them in the container's network namespace. */
export async function compareNetwork(look: Look, ledger: Ledger): Promise<void> {
  const { machine, snapshot } = look
  const hostPid = firstPid(snapshot)
  const isHosts = look.after.processes.get(hostPid)?.namespaces.net === look.after.processes.get(2)?.namespaces.net
  await compareView(look, ledger, 'network.inside', hostPid, isHosts)
  await compareView(look, ledger, 'network.host', null, true)
  await ledger.compare({
    fact: 'network.published',
    seen: publishedIn(look),
    unknownBecause: null,
    expected: async () => (await machine.docker('port', snapshot.container.id)).split('\n').filter(line => line !== '').sort(),
    command: `docker port ${snapshot.container.name}`,
  })
}

/** On the host, interfaces and sockets of others come and go: only what is there before and after the comparison counts. */
async function compareView({ machine, snapshot, before, after }: Look, { compare }: Ledger, fact: 'network.inside' | 'network.host', pid: number | null, isMoving: boolean): Promise<void> {
  const view = snapshot.network[fact === 'network.inside' ? 'inside' : 'host']
  const because = snapshot.evidence[fact].unknownBecause
  const prefix = pid === null ? '' : `nsenter --target ${pid} --net `
  const isWithSysfs = view === null || view.interfaces.some(({ mtu }) => mtu !== null)
  const stays = <Named extends { readonly name: string }>(found: readonly Named[]): Named[] => isMoving ? found.filter(({ name }) => /^(lo|eth\d+|docker0)$/.test(name)) : [...found]
  const shown = (found: readonly FoundInterface[]) => isMoving || !isWithSysfs ? namesAndAddresses(stays(found)) : [...found]
  const withoutLength = (address: string): string => address.split('/')[0] ?? ''
  const isElsewhere = (address: string): boolean => view?.otherAddresses.includes(withoutLength(address)) ?? false
  await compare<unknown>({
    fact: `${fact}.interfaces`,
    seen: view && shown(interfacesIn(view)),
    unknownBecause: because,
    expected: async () => shown((await interfacesOf(machine, pid)).map(found => ({ ...found, addresses: found.addresses.filter(address => !isElsewhere(address)) }))),
    command: `${prefix}ip -json address`,
  })
  const endUnknownBecause = stays(view?.interfaces ?? []).find(({ hostPeerUnknownBecause }) => hostPeerUnknownBecause !== null)?.hostPeerUnknownBecause ?? null
  await compare({
    fact: `${fact}.hostPeers`,
    seen: view && endUnknownBecause === null ? endsOf(stays(interfacesIn(view))) : null,
    unknownBecause: because ?? endUnknownBecause,
    expected: async () => endsOf(stays(await interfacesOf(machine, pid))),
    command: `ip -json address, and ${prefix}ip -json address`,
  })
  await compare({
    fact: `${fact}.otherAddresses`,
    seen: view && [...view.otherAddresses].sort(),
    unknownBecause: because,
    // They are there, only their interface is not known; or their interfaces, as two may have the same.
    expected: async () => [...new Set((await interfacesOf(machine, pid)).flatMap(({ addresses }) => addresses).filter(isElsewhere).map(withoutLength))].sort(),
    command: `${prefix}ip -json address`,
  })
  // No gateway is a value of its own.
  await compare({ fact: `${fact}.defaultGateway`, seen: view && { gateway: view.defaultGateway }, unknownBecause: because, expected: async () => ({ gateway: await defaultGateway(machine, pid) }), command: `${prefix}ip -json route` })
  const holdersAreKnown = snapshot.evidence.processes.step === 'root' || snapshot.evidence.processes.step === 'helper'
  const withHolders = (sockets: readonly FoundSocket[]): FoundSocket[] => sockets.map(socket => ({ ...socket, hostPid: holdersAreKnown ? socket.hostPid : null })).sort(bySocket)
  await compare({
    fact: `${fact}.listening`,
    seen: view && withHolders(socketsIn(view)),
    unknownBecause: because,
    // In the host's namespace others open and close theirs meanwhile: those that were there before and after have to be told.
    expected: async () => withHolders(isMoving ? inBoth(before.listening, after.listening) : await listeningOf(machine, pid)),
    command: `${prefix}ss --listening --tcp --udp --numeric --processes`,
    isSame: (seen, expected) => isMoving ? expected.every(socket => seen.some(other => isDeepStrictEqual(other, socket))) : isDeepStrictEqual(seen, expected),
  })
}

const inBoth = (one: readonly FoundSocket[], other: readonly FoundSocket[]): FoundSocket[] => one.filter(socket => other.some(same => isDeepStrictEqual(same, socket)))

/** `docker port`: `8080/tcp -> 127.0.0.1:32768`. */
function publishedIn({ snapshot }: Pick<Look, 'snapshot'>): string[] {
  return snapshot.network.published.map(({ containerPort, protocol, hostAddress, hostPort }) =>
    `${containerPort}/${protocol} -> ${hostAddress?.includes(':') ? `[${hostAddress}]` : hostAddress}:${hostPort}`).sort()
}
