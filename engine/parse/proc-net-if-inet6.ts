import { ipv6FromHex } from './ip-address'

/**
 * `/proc/<pid>/net/if_inet6`: address, interface index, prefix length, scope and flags in hexadecimal, then the interface's name.
 * Gives `fe80::1/64` with its interface.
 */
export function parseProcNetIfInet6(text: string): { device: string, address: string }[] {
  return text.split('\n').flatMap((line) => {
    const found = /^([0-9a-f]{32}) [0-9a-f]+ ([0-9a-f]+) [0-9a-f]+ [0-9a-f]+\s+(\S+)$/.exec(line)
    const [, address, prefixLength, device] = found ?? []
    return address === undefined || prefixLength === undefined || device === undefined
      ? []
      : [{ device, address: `${ipv6FromHex(address)}/${Number.parseInt(prefixLength, 16)}` }]
  })
}
