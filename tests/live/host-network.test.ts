import { afterAll, beforeAll, expect, it } from 'vitest'
import { removeAll } from '../support/containers'
import { compareFiles } from '../../verify/facts/files'
import { compareMounts } from '../../verify/facts/files'
import { expectSame } from './expectations/expect-same'
import { compareInsideProcesses } from '../../verify/facts/inside-processes'
import { compareHostnames } from '../../verify/facts/names'
import { compareNamespaces } from '../../verify/facts/namespaces'
import { compareNetwork } from '../../verify/facts/network'
import { defaultGateway, interfacesOf, listeningOf } from '../../verify/oracles/network'
import { start } from './start'
import { type Look } from '../../verify/look'
import { here, lookAt } from './take'

let look: Look
let before: Awaited<ReturnType<typeof machine>>
let after: Awaited<ReturnType<typeof machine>>

/** The interfaces and sockets of a machine on which other containers come and go. */
const machine = async () => ({ interfaces: await interfacesOf(here, null), sockets: await listeningOf(here, null) })

beforeAll(async () => {
  const { id } = await start({ name: 'host-network', flags: ['--network=host'] })
  before = await machine()
  look = await lookAt(id)
  after = await machine()
})
afterAll(removeAll)

it('has the namespaces that readlink and lsns show', () => expectSame(look, compareNamespaces))
it('lists the processes that ps sees in its PID namespace', () => expectSame(look, compareInsideProcesses))
it('counts its files as find does', () => expectSame(look, compareFiles))
it('lists its mounts as findmnt does', () => expectSame(look, compareMounts))
it('has the hostnames of uname: they are one, though it has a UTS namespace of its own', () => expectSame(look, compareHostnames))
it('publishes no port', () => expectSame(look, compareNetwork))

it('is in the network namespace of the host', () => {
  expect(look.snapshot.namespaces.find(({ type }) => type === 'net')?.verdict).toBe('host')
})

it('has the interfaces, gateway and listeners of the host inside', async () => {
  const stays = (name: string): boolean => [before, after].every(({ interfaces }) => interfaces.some(other => other.name === name))
  const expected = after.interfaces.filter(({ name }) => stays(name)).map(({ name, macAddress, mtu, addresses }) => ({ name, macAddress, mtu, addresses }))
  for (const view of [look.snapshot.network.inside, look.snapshot.network.host]) {
    const seen = view?.interfaces.filter(({ name }) => stays(name)).map(({ name, macAddress, mtu, addresses }) => ({ name, macAddress, mtu, addresses: [...addresses].sort() }))
    expect(seen?.sort((a, b) => a.name < b.name ? -1 : 1)).toEqual(expected)
    expect(view?.defaultGateway).toBe(await defaultGateway(here, null))
    const sockets = view?.listening.map(({ protocol, port }) => `${protocol} ${port}`)
    const staying = after.sockets.map(({ protocol, port }) => `${protocol} ${port}`).filter(socket => before.sockets.some(({ protocol, port }) => `${protocol} ${port}` === socket))
    expect(sockets).toEqual(expect.arrayContaining(staying))
  }
})
