import type { ListeningSocket, NetworkInterface, NetworkView } from '../../shared/model/network'
import { parseProcNetDev } from '../parse/proc-net-dev'
import { parseProcNetFibTrie } from '../parse/proc-net-fib-trie'
import { parseProcNetIfInet6 } from '../parse/proc-net-if-inet6'
import { parseProcNetIgmp } from '../parse/proc-net-igmp'
import { ipv4DefaultGateway, ipv6DefaultGateway, parseProcNetRoute } from '../parse/proc-net-route'
import { parseProcNetSockets, type WaitingSocket } from '../parse/proc-net-sockets'
import { textFromLatin1 } from '../parse/raw-name'
import type { ProcSource } from '../sources/proc-source'
import { findSocketOwners } from '../sources/socket-owners'
import type { SysfsInterface } from '../sources/sysfs-net'
import { placeAddresses } from './interface-addresses'
import type { ScannedProcess } from './scanned-process'

/** What other sources than `/proc/<pid>/net` know of one network namespace. */
export interface Beside {
  /** Empty: there is no sysfs that is proved to be this namespace's. */
  readonly sysfs: readonly SysfsInterface[]
  /** Interface (one character a byte) → IPv4 addresses with prefix length. */
  readonly saidAddresses: ReadonlyMap<string, readonly string[]>
  /** What the interface of that name (one character a byte) in this namespace leads to. */
  readonly hostEndOf: (name: string) => HostEnd
  /** Those that may hold its sockets, in the order in which they are asked: the ones in this namespace first. */
  readonly processes: readonly ScannedProcess[]
}

/** The other end of an interface, among the host's. Both null: there is none. */
export type HostEnd =
  | { readonly name: string | null, readonly bridge: string | null }
  | { readonly unknownBecause: string }

const PROTOCOLS = [
  { protocol: 'tcp', transport: 'tcp' },
  { protocol: 'tcp6', transport: 'tcp' },
  { protocol: 'udp', transport: 'udp' },
  { protocol: 'udp6', transport: 'udp' },
] as const

const FILES = ['dev', 'route', 'fib_trie', 'if_inet6', 'ipv6_route', 'tcp', 'tcp6', 'udp', 'udp6'] as const
type NetFile = (typeof FILES)[number]

/** The network namespace of one process, from its `/proc/<pid>/net` (proc_pid_net(5)); null when it is gone. Throws Unreadable. */
export async function readNetworkView(proc: ProcSource, pid: number, beside: Beside, signal: AbortSignal): Promise<NetworkView | null> {
  const texts = new Map(await Promise.all(FILES.map(async name => [name, await proc.readText(`${pid}/net/${name}`)] as const)))
  if (texts.get('dev') === null)
    return null
  const file = (name: NetFile): string => texts.get(name) ?? ''
  const devices = parseProcNetDev(file('dev'))
  const routes = parseProcNetRoute(file('route'))
  const placed = placeAddresses(parseProcNetFibTrie(file('fib_trie')), routes, beside.saidAddresses)
  const ipv6 = parseProcNetIfInet6(file('if_inet6'))
  return {
    interfaces: devices.map((device): NetworkInterface => {
      const sysfs = beside.sysfs.find(({ name }) => name === device.name)
      return {
        name: textFromLatin1(device.name),
        macAddress: sysfs?.macAddress ?? null,
        mtu: sysfs?.mtu ?? null,
        state: sysfs?.state ?? null,
        addresses: [...placed.byInterface.get(device.name) ?? [], ...ipv6.filter(found => found.device === device.name).map(found => found.address)],
        receivedBytes: device.receivedBytes,
        sentBytes: device.sentBytes,
        ...hostPeer(beside.hostEndOf(device.name)),
      }
    }),
    otherAddresses: [...placed.other],
    listening: await readListening(proc, file, beside.processes, signal),
    defaultGateway: ipv4DefaultGateway(routes) ?? ipv6DefaultGateway(file('ipv6_route')),
  }
}

function hostPeer(end: HostEnd): Pick<NetworkInterface, 'hostPeer' | 'hostBridge' | 'hostPeerUnknownBecause'> {
  return 'unknownBecause' in end
    ? { hostPeer: null, hostBridge: null, hostPeerUnknownBecause: end.unknownBecause }
    : { hostPeer: end.name && textFromLatin1(end.name), hostBridge: end.bridge && textFromLatin1(end.bridge), hostPeerUnknownBecause: null }
}

async function readListening(proc: ProcSource, file: (name: NetFile) => string, processes: readonly ScannedProcess[], signal: AbortSignal): Promise<ListeningSocket[]> {
  const sockets = PROTOCOLS.flatMap(({ protocol, transport }) =>
    parseProcNetSockets(file(protocol), transport).map((socket): WaitingSocket & { protocol: typeof protocol } => ({ ...socket, protocol })))
  const owners = await findSocketOwners(proc, processes.map(({ pid }) => pid), new Set(sockets.map(({ inode }) => inode)), signal)
  const commands = new Map(processes.map(({ pid, comm }) => [pid, comm]))
  return sockets.map(({ protocol, address, port, inode }) => {
    const hostPid = owners.get(inode) ?? null
    return { protocol, address, port, hostPid, command: hostPid === null ? null : commands.get(hostPid) ?? null }
  })
}

/**
 * Whether a sysfs shows the network namespace of this process: the same interfaces, and the same indexes where procfs gives them.
 * A sysfs belongs to the namespace it was mounted from, which a bind mount takes elsewhere. Throws Unreadable.
 */
export async function isSysfsOf(sysfs: readonly SysfsInterface[], proc: ProcSource, pid: number): Promise<boolean> {
  const names = parseProcNetDev(await proc.readText(`${pid}/net/dev`) ?? '').map(({ name }) => name).sort()
  const indexes = parseProcNetIgmp(await proc.readText(`${pid}/net/igmp`) ?? '')
  const found = sysfs.map(({ name }) => name).sort()
  return names.length === found.length && names.every((name, at) => name === found[at])
    && sysfs.every(({ name, index }) => (indexes.get(name) ?? index) === index)
}

/**
 * Two interfaces are the ends of a veth pair when each names the other's index (veth(4)). Every network namespace counts its interfaces for
 * itself: where `elsewhereBecause` says that the other ends may lie in another one than the host's, two indexes that fit prove nothing.
 */
export function findHostEnds(own: readonly SysfsInterface[], host: readonly SysfsInterface[], elsewhereBecause: string | null): ReadonlyMap<string, HostEnd> {
  return new Map(own.map(({ name, index, linkedIndex }): [string, HostEnd] => {
    const [end, ...rivals] = linkedIndex === index ? [] : host.filter(other => other.index === linkedIndex && other.linkedIndex === index)
    if (end === undefined)
      return [name, { name: null, bridge: null }]
    if (rivals.length > 0)
      return [name, { unknownBecause: `more than one interface of the host has the index ${linkedIndex} that it names` }]
    return [name, elsewhereBecause === null ? { name: end.name, bridge: end.master } : { unknownBecause: `the host has an interface of the index ${linkedIndex} that it names, and ${elsewhereBecause}` }]
  }))
}
