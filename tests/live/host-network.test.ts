import { afterAll, beforeAll, expect, it } from 'vitest'
import { removeAll } from '../support/containers'
import { expectFiles, expectMounts } from './expectations/files'
import { expectInsideProcesses } from './expectations/inside-processes'
import { expectHostnames } from './expectations/names'
import { expectNamespaces } from './expectations/namespaces'
import { expectPublished } from './expectations/network'
import { defaultGateway, interfacesOf, listeningOf } from './oracles/network'
import { start } from './start'
import { type Look, lookAt } from './take'

let look: Look
let before: Awaited<ReturnType<typeof machine>>
let after: Awaited<ReturnType<typeof machine>>

/** The interfaces and sockets of a machine on which other containers come and go. */
const machine = async () => ({ interfaces: await interfacesOf(null), sockets: await listeningOf(null) })

beforeAll(async () => {
  const { id } = await start({ name: 'host-network', flags: ['--network=host'] })
  before = await machine()
  look = await lookAt(id)
  after = await machine()
})
afterAll(removeAll)

it('has the namespaces that readlink and lsns show', () => expectNamespaces(look))
it('lists the processes that ps sees in its PID namespace', () => expectInsideProcesses(look))
it('counts its files as find does', () => expectFiles(look))
it('lists its mounts as findmnt does', () => expectMounts(look))
it('has the hostnames of uname: they are one, though it has a UTS namespace of its own', () => expectHostnames(look))
it('publishes no port', () => expectPublished(look))

it('is in the network namespace of the host', () => {
  expect(look.snapshot.namespaces.find(({ type }) => type === 'net')?.verdict).toBe('host')
})

it('has the interfaces, gateway and listeners of the host inside', async () => {
  const stays = (name: string): boolean => [before, after].every(({ interfaces }) => interfaces.some(other => other.name === name))
  const expected = after.interfaces.filter(({ name }) => stays(name)).map(({ name, macAddress, mtu, addresses }) => ({ name, macAddress, mtu, addresses }))
  for (const view of [look.snapshot.network.inside, look.snapshot.network.host]) {
    const seen = view?.interfaces.filter(({ name }) => stays(name)).map(({ name, macAddress, mtu, addresses }) => ({ name, macAddress, mtu, addresses: [...addresses].sort() }))
    expect(seen?.sort((a, b) => a.name < b.name ? -1 : 1)).toEqual(expected)
    expect(view?.defaultGateway).toBe(await defaultGateway(null))
    const sockets = view?.listening.map(({ protocol, port }) => `${protocol} ${port}`)
    const staying = after.sockets.map(({ protocol, port }) => `${protocol} ${port}`).filter(socket => before.sockets.some(({ protocol, port }) => `${protocol} ${port}` === socket))
    expect(sockets).toEqual(expect.arrayContaining(staying))
  }
})
