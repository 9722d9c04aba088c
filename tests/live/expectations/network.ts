import { expect } from 'vitest'
import type { NetworkView } from '../../../shared/model/network'
import { docker } from '../../support/docker'
import { bySocket, defaultGateway, type FoundSocket, interfacesOf, listeningOf } from '../oracles/network'
import { firstPid, type Look } from '../take'

const interfacesIn = (view: NetworkView | null) => view?.interfaces.map(({ name, macAddress, mtu, state, addresses, hostPeer, hostBridge }) =>
  ({ name, macAddress, mtu, state, addresses: [...addresses].sort(), hostPeer, hostBridge })).sort((a, b) => a.name < b.name ? -1 : 1)

const socketsIn = (view: NetworkView | null): FoundSocket[] | undefined =>
  view?.listening.map(({ protocol, port, hostPid }) => ({ protocol, port, hostPid })).sort(bySocket)

/** Interfaces, addresses, gateway and listeners as ip and ss see them in the container's network namespace. */
export async function expectNetworkInside({ snapshot }: Look): Promise<void> {
  const hostPid = firstPid(snapshot)
  const { inside } = snapshot.network
  expect(interfacesIn(inside)).toEqual(await interfacesOf(hostPid))
  expect(inside?.otherAddresses).toEqual([])
  expect(inside?.defaultGateway).toBe(await defaultGateway(hostPid))
  expect(socketsIn(inside)).toEqual(await listeningOf(hostPid))
}

/** `docker port`: `8080/tcp -> 127.0.0.1:32768`. */
export async function expectPublished({ snapshot }: Pick<Look, 'snapshot'>): Promise<void> {
  const lines = (await docker('port', snapshot.container.name)).split('\n').filter(line => line !== '').sort()
  const published = snapshot.network.published.map(({ containerPort, protocol, hostAddress, hostPort }) =>
    `${containerPort}/${protocol} -> ${hostAddress?.includes(':') ? `[${hostAddress}]` : hostAddress}:${hostPort}`).sort()
  expect(published).toEqual(lines)
}
