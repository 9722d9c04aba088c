import { describe, expect, it } from 'vitest'
import { parseProcNetDev } from '../../../../engine/parse/proc-net-dev'
import { parseProcNetFibTrie } from '../../../../engine/parse/proc-net-fib-trie'
import { parseProcNetIfInet6 } from '../../../../engine/parse/proc-net-if-inet6'
import { parseProcNetIgmp } from '../../../../engine/parse/proc-net-igmp'
import { ipv4DefaultGateway, ipv6DefaultGateway, parseProcNetRoute } from '../../../../engine/parse/proc-net-route'
import { parseProcNetSockets } from '../../../../engine/parse/proc-net-sockets'
import { fixture } from '../../../support/fixture'

const container = (file: string): string => fixture(`proc/debian-12/container/net/${file}`)
const many = (file: string): string => fixture(`proc/debian-12/many-addresses/net/${file}`)

describe('/proc/<pid>/net/dev', () => {
  it('has the bytes of each interface, both ways', () => {
    expect(parseProcNetDev(many('dev'))).toEqual([
      { name: 'lo', receivedBytes: 172, sentBytes: 172 },
      { name: 'far', receivedBytes: 596, sentBytes: 516 },
      { name: 'eth0', receivedBytes: 516, sentBytes: 596 },
      { name: 'br0', receivedBytes: 0, sentBytes: 704 },
    ])
  })

  it('keeps a colon that is part of an old alias name', () => {
    expect(parseProcNetDev('h\nh\neth0:1: 5 0 0 0 0 0 0 0 7 0 0 0 0 0 0 0')).toEqual([{ name: 'eth0:1', receivedBytes: 5, sentBytes: 7 }])
  })

  it('leaves out lines without counters', () => {
    expect(parseProcNetDev('h\nh\neth0: 1 2\neth1: a b c d e f g h i\n')).toEqual([])
  })
})

describe('/proc/<pid>/net/fib_trie', () => {
  it('has the addresses of a container once, though both tables list them', () => {
    expect(parseProcNetFibTrie(container('fib_trie'))).toEqual({
      addresses: ['127.0.0.1', '172.17.0.3'],
      broadcasts: new Set(['127.255.255.255', '172.17.255.255']),
    })
  })

  it('has every address of every interface', () => {
    expect(parseProcNetFibTrie(many('fib_trie')).addresses.sort()).toEqual(['10.1.0.5', '10.2.0.10', '10.2.0.9', '127.0.0.1', '172.30.0.1', '192.168.7.7'])
  })
})

describe('/proc/<pid>/net/route', () => {
  it('has networks and gateways as numbers', () => {
    expect(parseProcNetRoute(container('route'))).toEqual([
      { device: 'eth0', destination: 0, gateway: 0xAC110001, prefixLength: 0 },
      { device: 'eth0', destination: 0xAC110000, gateway: 0, prefixLength: 16 },
    ])
  })

  it('gives the default gateway, and null without one', () => {
    expect(ipv4DefaultGateway(parseProcNetRoute(container('route')))).toBe('172.17.0.1')
    expect(ipv4DefaultGateway(parseProcNetRoute('Iface\tDestination\n'))).toBeNull()
  })
})

describe('/proc/<pid>/net/ipv6_route', () => {
  it('has the next hop of the default route', () => {
    expect(ipv6DefaultGateway(many('ipv6_route'))).toBe('fd00:aa::1')
  })

  it('does not take the unreachable default of a container without IPv6 for one', () => {
    expect(ipv6DefaultGateway(container('ipv6_route'))).toBeNull()
  })
})

describe('/proc/<pid>/net/if_inet6', () => {
  it('has addresses with prefix length and interface', () => {
    expect(parseProcNetIfInet6(many('if_inet6'))).toEqual([
      { device: 'eth0', address: 'fd00:aa::5/64' },
      { device: 'far', address: 'fe80::ac84:a6ff:fe83:c3be/64' },
      { device: 'br0', address: 'fe80::48d:3aff:fe7d:68b6/64' },
      { device: 'lo', address: '::1/128' },
      { device: 'eth0', address: 'fe80::1490:2cff:fe8d:8f3d/64' },
    ])
  })
})

describe('/proc/<pid>/net/igmp', () => {
  it('has the index of each interface that speaks IPv4', () => {
    expect(parseProcNetIgmp(container('igmp'))).toEqual(new Map([['lo', 1], ['eth0', 42]]))
  })
})

describe('/proc/<pid>/net/tcp and udp', () => {
  it('has the sockets that listen, not those that are connected', () => {
    expect(parseProcNetSockets(many('tcp'), 'tcp')).toEqual([
      { address: '127.0.0.1', port: 9000, inode: 551154 },
      { address: '10.1.0.5', port: 7000, inode: 551153 },
    ])
    expect(parseProcNetSockets(many('udp'), 'udp')).toEqual([{ address: '0.0.0.0', port: 5353, inode: 551160 }])
  })

  it('reads IPv6 addresses, also of IPv4 in IPv6', () => {
    expect(parseProcNetSockets(many('tcp6'), 'tcp')).toEqual([
      { address: 'fd00:aa::5', port: 80, inode: 551155 },
      { address: '::ffff:10.2.0.9', port: 8081, inode: 551156 },
    ])
    expect(parseProcNetSockets(many('udp6'), 'udp')).toEqual([{ address: '::1', port: 5354, inode: 551161 }])
    expect(parseProcNetSockets(container('tcp6'), 'tcp')).toEqual([{ address: '::', port: 8080, inode: 539211 }])
  })

  it('leaves out lines that are cut', () => {
    expect(parseProcNetSockets('header\n 0: 0100007F:2328 00000000:0000 0A\n 1: zz:1 0 0A a b c d e 5\n', 'tcp')).toEqual([])
  })
})
