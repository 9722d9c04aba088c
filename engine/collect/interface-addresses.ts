import { ipv4FromNumber, numberFromIpv4 } from '../parse/ip-address'
import type { LocalAddresses } from '../parse/proc-net-fib-trie'
import type { Ipv4Route } from '../parse/proc-net-route'

export interface PlacedAddresses {
  /** Interface → addresses with their prefix length. */
  readonly byInterface: ReadonlyMap<string, readonly string[]>
  /** Those whose interface could not be told, without a prefix length. */
  readonly other: readonly string[]
}

/**
 * On which interface each IPv4 address is. procfs lists addresses without their interfaces, so an address is placed only when that is
 * certain: another source said it (`said`: interface → `172.17.0.2/16`), it is 127.0.0.1, or it is the only address in a
 * network that lies on the link of one interface and has a broadcast address, so that some address must have brought it along.
 */
export function placeAddresses({ addresses, broadcasts }: LocalAddresses, routes: readonly Ipv4Route[], said: ReadonlyMap<string, readonly string[]>): PlacedAddresses {
  const bare = (address: string): string => address.split('/')[0] ?? ''
  // What was declared may be gone by now: only the kernel's own addresses are shown.
  const byInterface = new Map([...said].map(([device, known]) => [device, known.filter(address => addresses.includes(bare(address)))]))
  const isSaid = new Set([...said.values()].flat().map(bare))
  const other: string[] = []
  for (const address of addresses.filter(local => !isSaid.has(local))) {
    const place = address === '127.0.0.1' ? { device: 'lo', prefixLength: 8 } : onlyNetworkOf(address, addresses, broadcasts, routes)
    if (place === null)
      other.push(address)
    else
      byInterface.set(place.device, [...byInterface.get(place.device) ?? [], `${address}/${place.prefixLength}`])
  }
  return { byInterface, other }
}

function onlyNetworkOf(address: string, addresses: readonly string[], broadcasts: ReadonlySet<string>, routes: readonly Ipv4Route[]): Ipv4Route | null {
  const onLink = routes.filter(route => route.gateway === 0 && route.prefixLength > 0 && isIn(address, route))
  const deepest = Math.max(...onLink.map(route => route.prefixLength))
  const [network, ...rivals] = onLink.filter(route => route.prefixLength === deepest)
  if (network === undefined || rivals.length > 0 || !broadcasts.has(lastAddressOf(network)))
    return null
  return addresses.filter(neighbour => isIn(neighbour, network)).length === 1 ? network : null
}

const hostBits = (prefixLength: number): number => prefixLength >= 32 ? 0 : 0xFFFFFFFF >>> prefixLength

const lastAddressOf = ({ destination, prefixLength }: Ipv4Route): string =>
  ipv4FromNumber((destination | hostBits(prefixLength)) >>> 0)

const isIn = (address: string, route: Ipv4Route): boolean =>
  ipv4FromNumber((numberFromIpv4(address) | hostBits(route.prefixLength)) >>> 0) === lastAddressOf(route)
