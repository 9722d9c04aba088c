import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sortChanges } from '../../../../engine/collect/file-changes'
import { collectFiles } from '../../../../engine/collect/files'
import { collectWorkingDirectory } from '../../../../engine/collect/working-directory'
import { packTar } from '../../../support/pack-tar'
import { sceneOf } from '../../../support/scene'
import { tempFolder } from '../../../support/temp-folder'

const FIXTURES = join(import.meta.dirname, '../../../fixtures/proc/debian-12')
const MOUNTS = [
  { Type: 'bind', Source: '/var/run/docker.sock', Destination: '/var/run/docker.sock', RW: true },
  { Type: 'volume', Source: '/var/lib/docker/volumes/data/_data', Destination: '/data', RW: true },
]

/** A folder that stands for procfs: PID 7 is a container's, its root a folder with a link out, PID 1 the host's. */
function procWith(): string {
  const proc = tempFolder()
  const root = tempFolder()
  mkdirSync(join(root, 'etc'))
  writeFileSync(join(root, 'etc', 'os-release'), 'x'.repeat(20))
  mkdirSync(join(root, 'var'))
  symlinkSync('/run', join(root, 'var', 'run'))
  cpSync(join(FIXTURES, 'container'), join(proc, '7'), { recursive: true })
  cpSync(join(FIXTURES, 'host'), join(proc, '1'), { recursive: true })
  symlinkSync(root, join(proc, '7', 'root'))
  symlinkSync(join(root, 'etc'), join(proc, '1', 'root'))
  return proc
}

describe('the files of a running container', () => {
  it('are read through its root, and the host\'s through that of PID 1', async () => {
    const { facts, problems } = await collectFiles(sceneOf({ Mounts: MOUNTS }, procWith(), { changes: [] }))
    expect(problems).toEqual([])
    expect(facts).toMatchObject({
      rootInside: [{ name: 'etc' }, { name: 'var' }],
      rootHost: [{ name: 'os-release', sizeBytes: 20 }],
      entryCount: 4,
      sizeBytes: 20,
      isComplete: true,
      changes: { added: [], changed: [], deleted: [], counts: { added: 0, changed: 0, deleted: 0 } },
    })
  })

  it('have their mounts with the place on the host, declared or not', async () => {
    const { facts } = await collectFiles(sceneOf({ Mounts: MOUNTS, HostConfig: { Tmpfs: { '/scratch': '' } } }, procWith(), { changes: [] }))
    const at = (destination: string): unknown => {
      const mount = facts.mounts.find(found => found.destination === destination)
      return mount && [mount.source, mount.hostPath, mount.isReadOnly, mount.isDeclared]
    }
    expect(at('/')).toEqual(['overlay', null, false, false])
    expect(at('/run/docker.sock')).toEqual(['/dev/vda[/run/docker.sock]', '/run/docker.sock', false, true])
    expect(at('/data')).toEqual(['/dev/vda[/var/lib/docker/volumes/app-data/_data]', '/var/lib/docker/volumes/app-data/_data', false, true])
    expect(at('/mnt/shared')).toEqual(['/dev/vda[/srv/shared]', '/srv/shared', true, false])
    expect(at('/scratch')).toEqual(['tmpfs', null, false, true])
    expect(at('/proc/sys')).toEqual(['proc[/sys]', null, true, false])
    expect(facts.mounts.find(({ destination }) => destination === '/sys')?.options).toBe('ro,nosuid,nodev,noexec,relatime')
  })

  it('show 2,000 of 100,000 mounts, count them all, and take no longer for it', async () => {
    const proc = procWith()
    const many = (folder: string): string => Array.from({ length: 100_000 }, (_, at) => `${at} 1 254:0 /srv/\\040${at} ${folder}/\\040${at} rw shared:${at} - ext4 /dev/vda rw`).join('\n')
    writeFileSync(join(proc, '7', 'mountinfo'), many('/mnt'))
    writeFileSync(join(proc, '1', 'mountinfo'), many('/host'))
    const before = process.cpuUsage()
    const { facts: { mounts }, problems } = await collectFiles(sceneOf({}, proc))
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1000).toBeLessThan(2000)
    expect([mounts.length, mounts[7]?.destination, mounts[7]?.hostPath]).toEqual([2000, '/mnt/ 7', '/host/ 7'])
    expect(problems?.map(({ what }) => what)).toContain('app has 100000 mounts; the first 2000 are shown.')
  })

  it('cost only themselves when the engine refuses', async () => {
    const { facts, evidence, problems } = await collectFiles(sceneOf({}, procWith()))
    expect(facts).toMatchObject({ changes: null, entryCount: 4 })
    expect(evidence['files.changes']?.unknownBecause).toBe('The engine said no.')
    expect(problems).toEqual([{ code: 'ENGINE_REFUSED', what: 'The engine said no.', fix: 'Ask another.' }])
  })
})

describe('the files of a container that may not be looked at', () => {
  it('come from the engine\'s export, and say so', async () => {
    const { facts, evidence } = await collectFiles(sceneOf({ Mounts: MOUNTS }, null, { changes: [], exported: await packTar({ name: 'b', body: 'b' }, { name: 'a', body: 'a' }, { name: 'd/e', body: 'd/e' }) }))
    expect(facts).toMatchObject({ rootInside: [{ name: 'a' }, { name: 'b' }], rootHost: null, entryCount: 3, sizeBytes: 5, isComplete: true })
    expect(evidence['files.rootInside']).toMatchObject({ source: 'engine-api', detail: 'read from GET /containers/{id}/export: the engine is elsewhere', unknownBecause: null })
    expect(evidence['files.rootHost']?.unknownBecause).toBe('the engine is elsewhere')
  })

  it('have the declared mounts, which may not be all while it runs', async () => {
    const running = await collectFiles(sceneOf({ Mounts: MOUNTS }, null, { changes: [] }))
    expect(running.facts.mounts.map(({ destination, hostPath, propagation }) => [destination, hostPath, propagation])).toEqual([
      ['/var/run/docker.sock', '/var/run/docker.sock', 'unknown'],
      ['/data', '/var/lib/docker/volumes/data/_data', 'unknown'],
    ])
    expect(running.evidence['files.mounts']?.unknownBecause).toBe('the engine is elsewhere')
    const stopped = await collectFiles(sceneOf({ Mounts: MOUNTS, State: { Status: 'exited', Pid: 0 } }, null, { changes: [] }))
    expect(stopped.evidence['files.mounts']?.unknownBecause).toBeNull()
  })

  it('are unknown when the export is refused, too', async () => {
    const { facts, evidence } = await collectFiles(sceneOf({}, null))
    expect(facts).toMatchObject({ rootInside: null, entryCount: null, sizeBytes: null, isComplete: false, sizeTree: null })
    expect(evidence['files.size']?.unknownBecause).toBe('The engine said no.')
  })
})

describe('what changed since the image', () => {
  it('is listed up to 5,000 of a kind and counted whole, with names made visible', () => {
    const many = Array.from({ length: 5001 }, (_, at) => ({ Path: `/n${at}`, Kind: 1 }))
    const changes = sortChanges([...many, { Path: '/a\nb', Kind: 2 }, { Path: '/etc', Kind: 0 }])
    expect([changes.added.length, changes.changed, changes.deleted, changes.counts]).toEqual([5000, ['/etc'], ['/a\\nb'], { added: 5001, changed: 1, deleted: 1 }])
  })
})

describe('the working directory', () => {
  it('is found on the host by the mount that it is on', async () => {
    const proc = procWith()
    const cwd = join(tempFolder(), 'app')
    mkdirSync(cwd)
    symlinkSync(cwd, join(proc, '7', 'cwd'))
    const { facts } = await collectWorkingDirectory(sceneOf({}, proc))
    expect(facts).toEqual({ inside: cwd, onHost: `/var/lib/docker/overlay2/89220511888adf1bcce88ea4f3a723b85d6ad7e2d53da67e8b2fbe66ce4a4990/merged${cwd}` })
  })

  it('is as declared where the process may not be looked at', async () => {
    const graph = { GraphDriver: { Name: 'overlay2', Data: { MergedDir: '/var/lib/docker/overlay2/x/merged' } }, Config: { WorkingDir: '/usr/src/app' } }
    expect((await collectWorkingDirectory(sceneOf(graph, null))).facts).toEqual({ inside: '/usr/src/app', onHost: '/var/lib/docker/overlay2/x/merged/usr/src/app' })
    expect((await collectWorkingDirectory(sceneOf({ ...graph, Mounts: [{ Type: 'bind', Source: '/srv', Destination: '/usr/src' }] }, null))).facts).toEqual({ inside: '/usr/src/app', onHost: '/srv/app' })
    expect((await collectWorkingDirectory(sceneOf({ ...graph, State: { Status: 'exited', Pid: 0 } }, null))).facts.onHost).toBeNull()
  })
})
