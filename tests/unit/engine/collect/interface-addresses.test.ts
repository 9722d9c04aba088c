import { describe, expect, it } from 'vitest'
import { placeAddresses } from '../../../../engine/collect/interface-addresses'
import { parseProcNetFibTrie } from '../../../../engine/parse/proc-net-fib-trie'
import { parseProcNetRoute } from '../../../../engine/parse/proc-net-route'
import { fixture } from '../../../support/fixture'

const placed = (machine: string, said = new Map<string, string[]>()): unknown =>
  placeAddresses(parseProcNetFibTrie(fixture(`proc/debian-12/${machine}/net/fib_trie`)), parseProcNetRoute(fixture(`proc/debian-12/${machine}/net/route`)), said)

describe('which interface an address is on', () => {
  it('is certain in a container with one network', () => {
    expect(placed('container')).toEqual({ byInterface: new Map([['lo', ['127.0.0.1/8']], ['eth0', ['172.17.0.3/16']]]), other: [] })
  })

  it('stays open for several addresses in one network, and for one without a network', () => {
    expect(placed('many-addresses')).toEqual({
      byInterface: new Map([['eth0', ['10.1.0.5/16']], ['lo', ['127.0.0.1/8']], ['br0', ['172.30.0.1/24']]]),
      other: ['10.2.0.9', '10.2.0.10', '192.168.7.7'],
    })
  })

  it('is what another source said', () => {
    expect(placed('many-addresses', new Map([['eth0', ['10.2.0.9/24', '10.2.0.10/24']], ['lo', ['192.168.7.7/32']]]))).toMatchObject({ other: [] })
  })

  it('is not taken from an address that is declared but gone', () => {
    expect(placed('container', new Map([['eth0', ['172.17.0.99/16']]]))).toEqual({ byInterface: new Map([['eth0', ['172.17.0.3/16']], ['lo', ['127.0.0.1/8']]]), other: [] })
  })

  it('is not guessed from a route that no address brought along', () => {
    const route = [{ device: 'eth0', destination: 0x0A000000, gateway: 0, prefixLength: 8 }]
    expect(placeAddresses({ addresses: ['10.9.9.9'], broadcasts: new Set() }, route, new Map())).toEqual({ byInterface: new Map(), other: ['10.9.9.9'] })
  })

  it('is not guessed between two interfaces on one network', () => {
    const routes = ['eth0', 'eth1'].map(device => ({ device, destination: 0x0A000000, gateway: 0, prefixLength: 8 }))
    expect(placeAddresses({ addresses: ['10.9.9.9'], broadcasts: new Set(['10.255.255.255']) }, routes, new Map()).other).toEqual(['10.9.9.9'])
  })
})
