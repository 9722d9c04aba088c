import { expect, it } from 'vitest'
import { cables, portRoutes } from '../../../../../renderer/views/network/wiring'
import type { ListeningSocket, Network, NetworkInterface, NetworkView } from '../../../../../shared/model/network'

const nic = (name: string, more: Partial<NetworkInterface> = {}): NetworkInterface =>
  ({ name, macAddress: null, mtu: null, state: null, addresses: [], receivedBytes: 0, sentBytes: 0, hostPeer: null, hostBridge: null, hostPeerUnknownBecause: null, ...more })
const socket = (protocol: ListeningSocket['protocol'], address: string, port: number, command: string): ListeningSocket =>
  ({ protocol, address, port, hostPid: 7, command })
const view = (interfaces: NetworkInterface[], listening: ListeningSocket[]): NetworkView =>
  ({ interfaces, otherAddresses: [], listening, defaultGateway: null })

const eth0 = nic('eth0', { hostPeer: 'veth1', hostBridge: 'docker0' })
const node = socket('tcp6', '::', 8080, 'node')
const proxy4 = socket('tcp', '0.0.0.0', 80, 'docker-proxy')
const proxy6 = socket('tcp6', '::', 80, 'docker-proxy')
const network: Network = {
  mode: 'bridge',
  inside: view([nic('lo'), eth0], [node, socket('udp', '0.0.0.0', 8080, 'other')]),
  host: view([nic('docker0', { addresses: ['172.17.0.1/16'] })], [proxy4, proxy6]),
  published: [{ containerPort: 8080, protocol: 'tcp', hostPort: 80, hostAddress: '0.0.0.0' }, { containerPort: 9000, protocol: 'tcp', hostPort: null, hostAddress: null }],
  attached: [],
}

it('leads each interface to its peer and its bridge, as far as they are known', () => {
  expect(cables(network)).toEqual([
    { inside: nic('lo'), peer: null, bridge: null },
    { inside: eth0, peer: 'veth1', bridge: { name: 'docker0', addresses: ['172.17.0.1/16'] } },
  ])
})

it('finds who listens inside by protocol, whichever IP version, and who holds the published address', () => {
  expect(portRoutes(network)).toEqual([{ port: network.published[0], listeners: [node], holders: [proxy4] }])
})

it('does not say "nobody" where the sockets inside are not known', () => {
  expect(portRoutes({ ...network, inside: null }).map(({ listeners }) => listeners)).toEqual([null])
})

it('takes a port without an address for one on all of them', () => {
  const published = [{ containerPort: 8080, protocol: 'tcp', hostPort: 80, hostAddress: '' }]
  expect(portRoutes({ ...network, published })[0]?.holders).toEqual([proxy4, proxy6])
})
