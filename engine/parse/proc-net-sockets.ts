import { ipv4FromNumber, ipv6FromMemoryHex, numberFromMemoryHex } from './ip-address'

/** TCP_LISTEN and TCP_CLOSE of include/net/tcp_states.h; a UDP socket that waits for anyone's packets is in the latter. */
const WAITING = { tcp: '0A', udp: '07' }

/** A socket that waits for others to come. */
export interface WaitingSocket {
  readonly address: string
  readonly port: number
  /** The number in `socket:[…]` of the descriptors that hold it. */
  readonly inode: number
}

/**
 * `/proc/<pid>/net/tcp`, `tcp6`, `udp`, `udp6` (proc_pid_net(5)): a header line, then `sl local_address rem_address st … inode`,
 * addresses as `0100007F:1F90` in the byte order of memory (little-endian machines). Only those that listen.
 */
export function parseProcNetSockets(text: string, transport: 'tcp' | 'udp'): WaitingSocket[] {
  return text.split('\n').slice(1).flatMap((line) => {
    const [, local, , state, , , , , , inode] = line.trim().split(/\s+/)
    const [, address, port] = /^([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})$/.exec(local ?? '') ?? []
    if (state !== WAITING[transport] || address === undefined || port === undefined || inode === undefined)
      return []
    return [{
      address: address.length === 8 ? ipv4FromNumber(numberFromMemoryHex(address)) : ipv6FromMemoryHex(address),
      port: Number.parseInt(port, 16),
      inode: Number(inode),
    }]
  })
}
