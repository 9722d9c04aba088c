import { describe, expect, it } from 'vitest'
import { parseProcMountinfo } from '../../../../engine/parse/proc-mountinfo'
import { fixture } from '../../../support/fixture'

const mounts = parseProcMountinfo(fixture('proc/debian-12/container/mountinfo'))

describe('/proc/<pid>/mountinfo', () => {
  it('has every mount of a container, in the order in which they were made', () => {
    expect(mounts).toHaveLength(32)
    expect(mounts.slice(0, 3).map(({ mountPoint, fileSystem }) => [mountPoint, fileSystem])).toEqual([['/', 'overlay'], ['/proc', 'proc'], ['/dev', 'tmpfs']])
  })

  it('reads one line whole', () => {
    expect(mounts.find(({ mountPoint }) => mountPoint === '/mnt/shared')).toEqual({
      device: '254:0',
      root: '/srv/shared',
      mountPoint: '/mnt/shared',
      options: 'ro,relatime',
      propagation: 'private',
      fileSystem: 'ext4',
      source: '/dev/vda',
      superOptions: 'rw,discard,resv_strict,resuid=65534,resgid=65534',
    })
  })

  it.each([
    ['', 'private'],
    ['shared:3 ', 'shared'],
    ['master:1 ', 'slave'],
    ['master:1 propagate_from:2 ', 'slave'],
    ['shared:3 master:1 ', 'shared'],
    ['unbindable ', 'unbindable'],
  ])('takes the optional fields %j for %s', (fields, propagation) => {
    expect(parseProcMountinfo(`1 2 0:5 / /a rw ${fields}- tmpfs none rw`)[0]?.propagation).toBe(propagation)
  })

  it('takes up to five optional fields, and words that nobody knows yet', () => {
    const optional = ['shared:1', 'master:2', 'propagate_from:3', 'unbindable', 'later:4']
    for (let count = 0; count <= optional.length; count += 1) {
      const [mount] = parseProcMountinfo(['1 2 0:5 /r /a rw', ...optional.slice(0, count), '- tmpfs none rw,size=1k'].join(' '))
      expect([mount?.root, mount?.mountPoint, mount?.propagation, mount?.fileSystem, mount?.superOptions]).toEqual(['/r', '/a', count === 0 ? 'private' : 'shared', 'tmpfs', 'rw,size=1k'])
    }
  })

  it('undoes each octal escape once', () => {
    const [mount] = parseProcMountinfo('1 2 0:5 /r\\134040 /a\\040b\\011c\\012d\\134e rw - tmpfs no\\040ne rw')
    expect([mount?.root, mount?.mountPoint, mount?.source]).toEqual(['/r\\040', '/a b\tc\nd\\e', 'no ne'])
  })

  it('leaves out lines that are cut or are none', () => {
    expect(parseProcMountinfo('1 2 0:5 / /a rw\n\nnonsense\n1 2 0:5 / /a rw -\n1 2 0:5 / /a rw - tmpfs\n')).toEqual([])
  })

  it('takes a mount point that is called - for what it is', () => {
    expect(parseProcMountinfo('1 2 0:5 / - rw - tmpfs none rw')[0]?.mountPoint).toBe('-')
  })
})
