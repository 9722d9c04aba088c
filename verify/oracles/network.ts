import { z } from 'zod'
import type { Machine } from '../machine'
import { linesOf } from './run'

const IpAddresses = z.array(z.object({
  ifindex: z.number(),
  link_index: z.number().optional(),
  ifname: z.string(),
  mtu: z.number(),
  operstate: z.string(),
  address: z.string().optional(),
  master: z.string().optional(),
  addr_info: z.array(z.object({ local: z.string(), prefixlen: z.number() })),
}))
const IpRoutes = z.array(z.object({ dst: z.string(), gateway: z.string().optional() }))

/** `nsenter --net` in front of a command; of the host's own namespace when there is no process. */
const inNetworkOf = (pid: number | null, ...command: string[]): [string, ...string[]] =>
  pid === null ? [command[0] ?? '', ...command.slice(1)] : ['nsenter', `--target=${pid}`, '--net', '--', ...command]

const links = async (machine: Machine, pid: number | null): Promise<z.infer<typeof IpAddresses>> =>
  IpAddresses.parse(JSON.parse(await machine.run(...inNetworkOf(pid, 'ip', '-json', 'address'))))

export interface FoundInterface {
  readonly name: string
  readonly macAddress: string | null
  readonly mtu: number
  readonly state: string
  readonly addresses: string[]
  readonly hostPeer: string | null
  readonly hostBridge: string | null
}

/** Interfaces by ip(8), sorted by name. A peer is the host's interface whose index the inside one names, and that names it. */
export async function interfacesOf(machine: Machine, pid: number | null): Promise<FoundInterface[]> {
  const [inside, host] = await Promise.all([links(machine, pid), links(machine, null)])
  return inside.map((link) => {
    const peer = host.find(other => other.ifindex === link.link_index && other.link_index === link.ifindex)
    return {
      name: link.ifname,
      macAddress: link.address ?? null,
      mtu: link.mtu,
      state: link.operstate.toLowerCase(),
      addresses: link.addr_info.map(({ local, prefixlen }) => `${local}/${prefixlen}`).sort(),
      hostPeer: peer?.ifname ?? null,
      hostBridge: peer?.master ?? null,
    }
  }).sort((a, b) => a.name < b.name ? -1 : 1)
}

export async function defaultGateway(machine: Machine, pid: number | null): Promise<string | null> {
  const routes = IpRoutes.parse(JSON.parse(await machine.run(...inNetworkOf(pid, 'ip', '-json', 'route'))))
  return routes.find(({ dst }) => dst === 'default')?.gateway ?? null
}

export interface FoundSocket {
  readonly protocol: string
  readonly port: number
  readonly hostPid: number | null
}

/** Who waits for others: ss(8). Its `*` stands for an IPv6 socket that also takes IPv4. */
export async function listeningOf(machine: Machine, pid: number | null): Promise<FoundSocket[]> {
  const sockets = await linesOf(machine, ...inNetworkOf(pid, 'ss', '--no-header', '--numeric', '--listening', '--tcp', '--udp', '--processes'))
  return sockets.map((line) => {
    const [transport = '', , , , local = '', , users = ''] = line.split(/\s+/)
    const colon = local.lastIndexOf(':')
    const isIpv6 = local.startsWith('[') || local.startsWith('*')
    const holder = /pid=(\d+)/.exec(users)?.[1]
    return { protocol: `${transport}${isIpv6 ? '6' : ''}`, port: Number(local.slice(colon + 1)), hostPid: holder === undefined ? null : Number(holder) }
  }).sort(bySocket)
}

export const bySocket = (a: FoundSocket, b: FoundSocket): number =>
  a.protocol.localeCompare(b.protocol) || a.port - b.port || (a.hostPid ?? 0) - (b.hostPid ?? 0)
