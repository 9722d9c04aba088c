import { isIPv6 } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ipv4FromNumber, ipv6FromHex, ipv6FromMemoryHex, numberFromIpv4, numberFromMemoryHex } from '../../../../engine/parse/ip-address'

describe('IPv4', () => {
  it('is printed by the kernel as it lies in memory', () => {
    expect(ipv4FromNumber(numberFromMemoryHex('010011AC'))).toBe('172.17.0.1')
    expect(ipv4FromNumber(numberFromMemoryHex('FFFFFFFF'))).toBe('255.255.255.255')
  })

  it('comes back from its number', () => {
    fc.assert(fc.property(fc.ipV4(), address => ipv4FromNumber(numberFromIpv4(address)) === address))
  })
})

describe('IPv6', () => {
  it.each([
    ['00000000000000000000000000000000', '::'],
    ['00000000000000000000000000000001', '::1'],
    ['20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
    ['20010db8000100010001000100010001', '2001:db8:1:1:1:1:1:1'],
    ['20010db8000000010001000100010001', '2001:db8:0:1:1:1:1:1'],
    ['fe800000000000000000000000000000', 'fe80::'],
    ['00000000000000000000ffff0a020009', '::ffff:10.2.0.9'],
  ])('%s is written %s', (hex, text) => {
    expect(ipv6FromHex(hex)).toBe(text)
  })

  it('is what the URL standard writes, too', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      const text = ipv6FromHex(Buffer.from(bytes).toString('hex'))
      return isIPv6(text) && (text.includes('.') || new URL(`http://[${text}]/`).hostname === `[${text}]`)
    }))
  })

  it('is printed for sockets as four words in memory', () => {
    expect(ipv6FromMemoryHex('AA0000FD000000000000000005000000')).toBe('fd00:aa::5')
  })
})
