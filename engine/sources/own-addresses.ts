import { Buffer } from 'node:buffer'
import { hostname, networkInterfaces } from 'node:os'

/** IPv4 addresses by interface (one character a byte), as the kernel tells this process (getifaddrs(3)): only of interfaces that are up and running. */
export function ownIpv4Addresses(): Map<string, string[]> {
  return new Map(Object.entries(networkInterfaces()).flatMap(([name, addresses]) => {
    const ipv4 = (addresses ?? []).filter(({ family }) => family === 'IPv4').map(({ cidr }) => cidr).filter(cidr => cidr !== null)
    return ipv4.length === 0 ? [] : [[Buffer.from(name).toString('latin1'), ipv4] as const]
  }))
}

/** The host name and every address of this computer; null where the kernel does not tell: getifaddrs(3) needs a socket, which can be refused. */
export function ownNames(): string[] | null {
  try {
    return [hostname().toLowerCase(), ...Object.values(networkInterfaces()).flatMap(addresses => (addresses ?? []).map(({ address }) => address))]
  }
  catch {
    return null
  }
}
