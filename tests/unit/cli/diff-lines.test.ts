import { describe, expect, it } from 'vitest'
import { createPaint } from '../../../cli/print/colours'
import { diffLines } from '../../../cli/print/diff-lines'
import { compareSnapshots } from '../../../shared/compare/compare-snapshots'
import type { Snapshot } from '../../../shared/model/snapshot'
import { hostileSnapshot } from '../shared/hostile-snapshot'
import { nodeappSnapshot, stoppedSnapshot } from '../shared/nodeapp-snapshot'

const lines = (a: Snapshot, b: Snapshot, isAll = false, hasColours = false): string[] =>
  diffLines({ a, b, topics: compareSnapshots(a, b) }, { isAll, paint: createPaint(hasColours) })
const withoutColours = (line: string): string => line.split('\x1b').map((part, index) => index === 0 ? part : part.replace(/^\[\d+m/, '')).join('')

const limited = nodeappSnapshot((draft) => {
  draft.container.id = 'ab'.repeat(32)
  draft.container.name = 'limited'
  draft.cgroup.memory.limitBytes = 64 * 2 ** 20
  draft.security.capabilities?.effective.splice(0, 12)
  draft.security.capabilities?.effective.push('SYS_TIME')
})

const columns = (label: string, a: string, b: string): string => `  ${label.padEnd(32)}${a.padEnd(23)}${b}`

describe('what differs, in a terminal', () => {
  it('has one thing in two columns, several as what only one has, and a sum', () => {
    const [a, b, , ...rest] = lines(nodeappSnapshot(), limited)
    expect([a, b]).toEqual([
      'A  nodeapp-container · 3f9c1f0b7d2e · 2026-11-24 12:30:05 UTC',
      'B  limited · abababababab · 2026-11-24 12:30:05 UTC',
    ])
    expect(rest).toEqual([
      'LIMITS',
      columns('memory', 'unlimited', '64 MiB'),
      '',
      'RIGHTS',
      '  effective capabilities',
      ...['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'SETGID', 'SETUID', 'SETPCAP', 'NET_BIND_SERVICE', 'NET_RAW', 'SYS_CHROOT', 'MKNOD'].map(name => `    - ${name}`),
      '    + SYS_TIME',
      '',
      'FINDINGS',
      '  Capabilities that reach the host were added',
      columns('', 'not found', 'found'),
      columns('No memory limit', 'found', 'not found'),
      '',
      expect.stringMatching(/^4 differences, 0 not known of both, \d+ the same$/),
    ])
  })

  it('is nothing but a sum for two that are the same', () => {
    expect(lines(nodeappSnapshot(), nodeappSnapshot()).slice(3)).toEqual([expect.stringMatching(/^0 differences, 0 not known of both, \d+ the same$/)])
  })

  it('has everything on request', () => {
    const all = lines(nodeappSnapshot(), limited, true)
    expect(all).toContain(columns('pid namespace', 'private', '').trimEnd())
    expect(all).toContain(columns('bounding capabilities', 'the same: 14 entries', '').trimEnd())
  })

  it('says unknown and why, once for both', () => {
    const known = lines(stoppedSnapshot(), nodeappSnapshot())
    expect(known.slice(known.indexOf(columns('seccomp', 'unknown', 'filter'))).slice(0, 2)).toEqual([columns('seccomp', 'unknown', 'filter'), '    A: The container is not running'])
    const neither = lines(stoppedSnapshot(), stoppedSnapshot())
    expect(neither.slice(neither.indexOf(columns('seccomp', 'unknown', 'unknown'))).slice(0, 2)).toEqual([columns('seccomp', 'unknown', 'unknown'), '    A and B: The container is not running'])
  })

  it.each([
    ['a limit', nodeappSnapshot(), limited],
    ['a stopped one', nodeappSnapshot(), stoppedSnapshot()],
    ['hostile names', nodeappSnapshot(), hostileSnapshot()],
    ['hostile names and a stopped one', hostileSnapshot(), stoppedSnapshot()],
  ])('fits 80 columns and sends no control character: %s', (_words, a, b) => {
    for (const isAll of [false, true]) {
      const text = lines(a, b, isAll, true).map(withoutColours)
      expect(text.filter(line => [...line].length > 80 || /[\p{Cc}\p{Cf}]/u.test(line))).toEqual([])
    }
  })

  it('names a dozen of many, and counts the others', () => {
    const many = nodeappSnapshot((draft) => {
      draft.files.rootInside = Array.from({ length: 5014 }, (_, at) => ({ name: `file-${at}`, kind: 'file', sizeBytes: 1, linkTarget: null }))
    })
    const text = lines(many, nodeappSnapshot())
    expect(text).toContain('    - 5\u202F002 more, in --json')
  })
})
