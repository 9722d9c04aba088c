import { mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { removeAll } from '../support/containers'
import { docker } from '../support/docker'
import { itIsWhatTheOraclesSay } from './expectations/every-part'
import { start } from './start'
import { type Look } from '../../verify/look'
import { here, lookAt } from './take'

let look: Look
let folder: string
let socket: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isoscope-live-mounts-'))
  await writeFile(join(folder, 'file'), 'of the host')
  await symlink('/etc', join(folder, 'link'))
  const declared = (process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock').replace('unix://', '')
  // The kernel knows no links: /var/run is /run.
  socket = await realpath(declared)
  const flags = ['--volume', `${folder}:/bound:ro`, '--volume', '/volume', '--tmpfs', '/scratch:size=1m,mode=700', '--volume', `${declared}:/run/docker.sock:ro`]
  const { id } = await start({ name: 'mounts', flags })
  await docker('exec', id, 'sh', '-c', 'echo 12345 > /volume/data; echo x > /scratch/x')
  look = await lookAt(id)
})
afterAll(async () => {
  await removeAll()
  await rm(folder, { recursive: true, force: true })
})

itIsWhatTheOraclesSay(() => look)

it('tells what was asked for from what the runtime made, with the place on the host', async () => {
  const volume = await docker('inspect', '--format', '{{range .Mounts}}{{if eq .Type "volume"}}{{.Source}}{{end}}{{end}}', look.snapshot.container.id)
  const declared = look.snapshot.files.mounts.filter(({ isDeclared }) => isDeclared)
  expect(declared.map(({ destination, hostPath, isReadOnly }) => ({ destination, hostPath, isReadOnly })).sort((a, b) => a.destination < b.destination ? -1 : 1)).toEqual([
    { destination: '/bound', hostPath: folder, isReadOnly: true },
    { destination: '/run/docker.sock', hostPath: socket, isReadOnly: true },
    { destination: '/scratch', hostPath: null, isReadOnly: false },
    { destination: '/volume', hostPath: volume, isReadOnly: false },
  ])
})

it('knows every mount that stat finds to be a file or folder of the host', async () => {
  const found = await Promise.all(look.snapshot.files.mounts.filter(({ hostPath }) => hostPath !== null).map(async ({ destination, hostPath }) => {
    const [inside, onHost] = await Promise.all([`/proc/${look.snapshot.container.hostPid}/root${destination}`, hostPath ?? ''].map(path => here.run('stat', '--dereference', '--format', '%d:%i', path)))
    return { destination, isOne: inside === onHost }
  }))
  expect(found.filter(({ isOne }) => !isOne)).toEqual([])
  expect(found.map(({ destination }) => destination)).toEqual(expect.arrayContaining(['/bound', '/etc/hosts', '/etc/hostname', '/etc/resolv.conf', '/run/docker.sock', '/volume']))
})

it('sees the socket of the engine', () => {
  expect(look.snapshot.security.mountedSockets).toEqual([{ destination: '/run/docker.sock', hostPath: socket, isEngineSocket: true }])
})
