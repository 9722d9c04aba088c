import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Snapshot } from '../../shared/model/snapshot'
import { removeAll } from '../support/containers'
import { hostNamespaces } from '../../verify/oracles/namespaces'
import { defaultGateway } from '../../verify/oracles/network'
import { linesOf } from '../../verify/oracles/run'
import { start } from './start'
import { here } from './take'

const PROGRAM = fileURLToPath(new URL('../support/take-snapshot.mjs', import.meta.url))

let snapshot: Snapshot
beforeAll(async () => {
  const { id } = await start({ name: 'elsewhere', flags: ['--network=host', '--uts=host', '--ipc=host'] })
  const elsewhere = ['--net', '--mount', '--uts', '--ipc', 'sh', '-c', 'hostname elsewhere && mount --bind /dev/null /etc/passwd && exec "$@"', 'sh']
  snapshot = Snapshot.parse(JSON.parse(await here.run('unshare', ...elsewhere, process.execPath, PROGRAM, id)))
})
afterAll(removeAll)

it('compares with the namespaces of the host, not with those that Isoscope itself happens to be in', async () => {
  const host = await hostNamespaces(here)
  expect(Object.fromEntries(snapshot.namespaces.map(({ type, host: inode }) => [type, inode]))).toEqual(host)
  expect(Object.fromEntries(snapshot.namespaces.map(({ type, verdict }) => [type, verdict])))
    .toMatchObject({ mnt: 'private', pid: 'private', net: 'host', ipc: 'host', uts: 'host' })
})

it('calls the host by its own name', async () => {
  const name = (await here.run('uname', '-n')).trim()
  expect({ machine: snapshot.host.hostname, ...snapshot.hostname }).toEqual({ machine: name, inside: name, host: name })
})

it('shows the network of the host', async () => {
  expect(snapshot.network.host?.defaultGateway).toBe(await defaultGateway(here, null))
  expect(snapshot.network.host?.interfaces.map(({ name }) => name)).toEqual(expect.arrayContaining(snapshot.network.inside?.interfaces.map(({ name }) => name) ?? []))
})

it('has the accounts of the host: through a process that is in its root directory, not through its own', async () => {
  const names = (await linesOf(here, 'getent', '--service', 'files', 'passwd')).map(line => line.split(':')[0])
  expect(snapshot.users.host?.map(({ name }) => name)).toEqual(names)
})
