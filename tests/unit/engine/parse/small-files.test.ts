import { describe, expect, it } from 'vitest'
import { capabilityNames } from '../../../../engine/parse/capability-names'
import { parsePasswd, userNames } from '../../../../engine/parse/passwd'
import { containerIdsIn, parseProcCgroup } from '../../../../engine/parse/proc-cgroup'
import { idInside, parseIdMap } from '../../../../engine/parse/proc-id-map'
import { fixture } from '../../../support/fixture'

const ID = '0ae039c0c33648b7cb7cd8204f83e636ab0d9351f8aabc5f3f81f900959c31e7'
const OTHER = 'f'.repeat(64)

describe('/proc/<pid>/cgroup', () => {
  it('has one line a hierarchy on version 1', () => {
    const lines = parseProcCgroup(fixture('proc/debian-12/nodeapp/cgroup'))
    expect(lines.map(line => line.controllers.join())).toEqual(['name=systemd', 'pids', 'blkio', 'freezer', 'devices', 'memory', 'cpuset', 'cpuacct', 'cpu', ''])
    expect(new Set(lines.map(line => line.path))).toEqual(new Set([`/docker/${ID}`]))
  })

  it.each([
    [`0::/docker/${ID}\n`, [ID]],
    [`0::/system.slice/docker-${ID}.scope\n`, [ID]],
    [`0::/libpod_parent/libpod-${ID}\n`, [ID]],
    [`0::/docker/${ID}/docker/${OTHER}\n`, [ID, OTHER]],
    [`0::/${ID}0\n`, []],
    ['0::/\n', []],
  ])('names the containers in %j, outermost first', (text, ids) => {
    expect(containerIdsIn(text)).toEqual(ids)
  })
})

describe('uid_map', () => {
  it('maps all ids to themselves without a user namespace', () => {
    expect(parseIdMap('         0          0 4294967295\n')).toEqual([{ inside: 0, onHost: 0, count: 4294967295 }])
  })

  it('finds the id inside, and none for an id that is not mapped', () => {
    const map = parseIdMap('0 100000 1000\n1000 1000 1\n')
    expect([100000, 100999, 1000, 101000, 0].map(id => idInside(map, id))).toEqual([0, 999, 1000, null, null])
  })
})

describe('passwd', () => {
  it('leaves out what is no account, and shows names of any bytes', () => {
    expect(parsePasswd('root:x:0:0:root:/root:/bin/bash\n# note\n+@nis::::::\nbroken\nb\xFFd:x:7:7::/:\n')).toEqual([
      { name: 'root', uid: 0, gid: 0, home: '/root', shell: '/bin/bash' },
      { name: 'b\\xffd', uid: 7, gid: 7, home: '/', shell: '' },
    ])
  })

  it('names an id by its first entry, as getpwuid does', () => {
    expect(userNames(parsePasswd('root:x:0:0::/:\ntoor:x:0:0::/:\n')).get(0)).toBe('root')
  })
})

describe('capabilityNames', () => {
  it('names Docker\'s default set', () => {
    expect(capabilityNames(0xA80425FBn)).toEqual([
      'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'SETGID', 'SETUID', 'SETPCAP', 'NET_BIND_SERVICE', 'NET_RAW', 'SYS_CHROOT', 'MKNOD', 'AUDIT_WRITE', 'SETFCAP',
    ])
  })

  it('numbers a bit that has no name yet', () => {
    expect(capabilityNames((1n << 40n) | (1n << 41n))).toEqual(['CHECKPOINT_RESTORE', 'CAP_41'])
  })
})
