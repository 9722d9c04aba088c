import { describe, expect, it } from 'vitest'
import { hostPathOf, mountHolding } from '../../../../engine/collect/host-path'
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
    expect(mount && hostPathOf(mount, path, onHost)).toBe(place)
  })

  it('is where the later of two mounts at one place says', () => {
    const two = parseProcMountinfo('1 0 0:1 / / rw - a a rw\n2 1 0:2 / /m rw - b b rw\n3 1 0:3 / /m rw - c c rw\n')
    expect(mountHolding('/m/x', two)?.fileSystem).toBe('c')
  })
})
