/** The 32-bit number of a dotted IPv4 address. */
export const numberFromIpv4 = (address: string): number =>
  address.split('.').reduce((value, part) => (value * 256 + Number(part)) >>> 0, 0)

/** Dotted IPv4 of a 32-bit number. */
export const ipv4FromNumber = (value: number): string =>
  [24, 16, 8, 0].map(shift => (value >>> shift) & 0xFF).join('.')

/** `/proc/net` prints an IPv4 address as the number that its four bytes in memory make: `010011AC` is 172.17.0.1 on little-endian machines. */
export const numberFromMemoryHex = (hex: string): number =>
  reverseBytes(Number.parseInt(hex, 16) >>> 0)

/** RFC 5952 text of 32 hexadecimal digits in network order (`if_inet6`, `ipv6_route`). */
export function ipv6FromHex(hex: string): string {
  const groups = hex.match(/.{4}/g)?.map(group => Number.parseInt(group, 16)) ?? []
  if (groups.slice(0, 5).every(group => group === 0) && groups[5] === 0xFFFF)
    return `::ffff:${ipv4FromNumber((((groups[6] ?? 0) << 16) | (groups[7] ?? 0)) >>> 0)}`
  const { at, length } = longestZeroRun(groups)
  const text = (from: readonly number[]): string => from.map(group => group.toString(16)).join(':')
  return length < 2 ? text(groups) : `${text(groups.slice(0, at))}::${text(groups.slice(at + length))}`
}

/** `/proc/net/tcp6` prints IPv6 as four 32-bit words, each as it lies in memory of a little-endian machine. */
export const ipv6FromMemoryHex = (hex: string): string =>
  ipv6FromHex((hex.match(/.{8}/g) ?? []).map(word => numberFromMemoryHex(word).toString(16).padStart(8, '0')).join(''))

function reverseBytes(value: number): number {
  return (((value & 0xFF) << 24) | ((value & 0xFF00) << 8) | ((value >>> 8) & 0xFF00) | (value >>> 24)) >>> 0
}

/** The first of the longest runs of zero groups is the one that `::` stands for. */
function longestZeroRun(groups: readonly number[]): { at: number, length: number } {
  let best = { at: 0, length: 0 }
  let length = 0
  groups.forEach((group, at) => {
    length = group === 0 ? length + 1 : 0
    if (length > best.length)
      best = { at: at - length + 1, length }
  })
  return best
}
