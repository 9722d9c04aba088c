import { describe, expect, it } from 'vitest'
import { hostMounts, hostPathOf, mountHolding, showsMount } from '../../../../engine/collect/host-path'
import { parseProcMountinfo } from '../../../../engine/parse/proc-mountinfo'
import { fixture } from '../../../support/fixture'

const inside = parseProcMountinfo(fixture('proc/debian-12/container/mountinfo'))
const onHost = parseProcMountinfo(fixture('proc/debian-12/host/mountinfo'))
const MERGED = '/var/lib/docker/overlay2/89220511888adf1bcce88ea4f3a723b85d6ad7e2d53da67e8b2fbe66ce4a4990/merged'

describe('where a path of a container lies on the host', () => {
  it.each([
    ['/', MERGED],
    ['/usr/src/app', `${MERGED}/usr/src/app`],
    ['/data/db', '/var/lib/docker/volumes/app-data/_data/db'],
    ['/mnt/shared', '/srv/shared'],
    ['/mnt/shared/deep/er', '/srv/shared/deep/er'],
    ['/mnt/sharedother', `${MERGED}/mnt/sharedother`],
    ['/scratch/x', null],
    ['/dev/shm', null],
  ])('%s is %s', (path, place) => {
    const mount = mountHolding(path, inside)
    expect(mount && hostPathOf(mount, path, hostMounts(onHost))).toBe(place)
  })

  it('is where the host shows least else, and where it did so first', () => {
    const [mount] = parseProcMountinfo('9 0 0:1 /srv/app/data /data rw - ext4 d rw\n')
    const at = (...lines: string[]): string | null => mount ? hostPathOf(mount, '/data/x', hostMounts(parseProcMountinfo(lines.join('\n')))) : null
    const [all, deep, deeper, deeperAgain, other, beside] = ['1 0 0:1 / / rw - ext4 d rw', '2 0 0:1 /srv /s rw - ext4 d rw', '3 0 0:1 /srv/app /a rw - ext4 d rw', '4 0 0:1 /srv/app /b rw - ext4 d rw', '5 0 0:2 /srv/app/data /o rw - ext4 d rw', '6 0 0:1 /srv/ap /p rw - ext4 d rw'] as const
    expect([at(all), at(all, deep), at(deep, deeper, all, deeperAgain), at(other), at(beside), at()]).toEqual(['/srv/app/data/x', '/s/app/data/x', '/a/data/x', null, null, null])
  })

  it('is where the later of two mounts at one place says', () => {
    const two = parseProcMountinfo('1 0 0:1 / / rw - a a rw\n2 1 0:2 / /m rw - b b rw\n3 1 0:3 / /m rw - c c rw\n')
    expect(mountHolding('/m/x', two)?.fileSystem).toBe('c')
  })

  it('is nowhere when it was deleted', () => {
    const [mount] = parseProcMountinfo('9 1 254:0 /srv/gone//deleted /gone rw - ext4 /dev/vda rw\n')
    expect(mount && hostPathOf(mount, '/gone', hostMounts(onHost))).toBeNull()
  })
})

describe('whether a declared source is what is mounted', () => {
  const mount = (device: string, root: string) => parseProcMountinfo(`9 1 ${device} ${root} /inside rw - ext4 /dev/vda rw\n`).map(found => [found] as const)[0]?.[0]
  const host = parseProcMountinfo('1 0 254:0 / / rw - ext4 /dev/vda rw\n2 1 0:20 / /run rw - tmpfs tmpfs rw\n')

  it.each([
    ['254:0', '/srv/shared', '/srv/shared', true],
    ['0:20', '/', '/run', true],
    ['0:20', '/docker.sock', '/run/docker.sock', true],
    // A rootless engine has a /run of its own, and the host another one there.
    ['0:77', '/', '/run', false],
    ['254:0', '/run/docker.sock', '/var/run/docker.sock', false],
  ])('%s %s as %s: %s', (device, root, source, answer) => {
    const found = mount(device, root)
    expect(found && showsMount(found, source, hostMounts(host))).toBe(answer)
  })
})
