import { ipv4FromNumber, ipv6FromHex, numberFromMemoryHex } from './ip-address'

/** One IPv4 route of the main table. Addresses are 32-bit numbers. */
export interface Ipv4Route {
  readonly device: string
  readonly destination: number
  /** 0: no gateway, the network is on the link. */
  readonly gateway: number
  readonly prefixLength: number
}

/** `/proc/<pid>/net/route`: a header line, then tab-separated columns with addresses in hexadecimal as they lie in memory. */
export function parseProcNetRoute(text: string): Ipv4Route[] {
  return text.split('\n').slice(1).flatMap((line) => {
    const [device, destination, gateway, , , , , mask] = line.split('\t').map(field => field.trim())
    if (device === undefined || destination === undefined || gateway === undefined || mask === undefined)
      return []
    return [{
      device,
      destination: numberFromMemoryHex(destination),
      gateway: numberFromMemoryHex(gateway),
      prefixLength: bitsSet(numberFromMemoryHex(mask)),
    }]
  })
}

/** The gateway of the first default route; null when there is none. The kernel lists routes to one place best metric first. */
export function ipv4DefaultGateway(routes: readonly Ipv4Route[]): string | null {
  const route = routes.find(({ destination, prefixLength, gateway }) => destination === 0 && prefixLength === 0 && gateway !== 0)
  return route === undefined ? null : ipv4FromNumber(route.gateway)
}

/** The next hop of `::/0` in `/proc/<pid>/net/ipv6_route`: destination, its length, source, its length, next hop, … */
export function ipv6DefaultGateway(text: string): string | null {
  for (const line of text.split('\n')) {
    const [destination, length, , , nextHop] = line.split(' ')
    if (destination !== undefined && /^0{32}$/.test(destination) && length === '00' && nextHop !== undefined && /[1-9a-f]/.test(nextHop))
      return ipv6FromHex(nextHop)
  }
  return null
}

const bitsSet = (value: number): number => value.toString(2).replaceAll('0', '').length
