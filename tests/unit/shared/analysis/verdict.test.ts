import { describe, expect, it } from 'vitest'
import { analyse } from '../../../../shared/analysis/analyse'
import { SEVERITIES } from '../../../../shared/analysis/rule'
import { verdictOf, type Verdict } from '../../../../shared/analysis/verdict'
import type { Snapshot } from '../../../../shared/model/snapshot'
import { nodeappSnapshot, stoppedSnapshot } from '../nodeapp-snapshot'

const verdict = (snapshot: Snapshot): Verdict => verdictOf(snapshot, analyse(snapshot))

/** As tight as an engine makes it: mapped users, nothing added, everything limited. */
const hardened = (change: (draft: Snapshot) => void = () => {}): Snapshot => nodeappSnapshot((draft) => {
  for (const namespace of draft.namespaces.filter(({ type }) => type !== 'time')) {
    namespace.verdict = 'private'
    namespace.container = 4_026_533_000
  }
  draft.users.uidMap = [{ inside: 0, onHost: 100_000, count: 65_536 }]
  draft.users.main = { uid: 1000, user: 'node', hostUid: 101_000, hostUser: null }
  for (const process of draft.processes)
    Object.assign(process, { uid: 1000, hostUid: 101_000 })
  draft.network.published = []
  draft.container.ports = []
  draft.cgroup.memory.limitBytes = 2 ** 29
  draft.cgroup.pids.limit = 100
  draft.cgroup.cpu.limitCpus = 1
  Object.assign(draft.security, { hasNoNewPrivileges: true, isRootReadOnly: true, lsmLabel: 'docker-default (enforce)' })
  draft.security.capabilities = { effective: [], permitted: [], inheritable: [], bounding: [], ambient: [] }
  change(draft)
})

describe('the verdict', () => {
  it('names the walls that are missing and counts what needs action', () => {
    expect(verdict(nodeappSnapshot())).toEqual({
      level: 'gaps',
      headline: 'Isolated, with gaps',
      sentence: '5 of 8 namespaces are private; 3 are the host’s (user, cgroup, time). 7 findings need action, 4 are worth knowing.',
      coverage: { decided: 26, total: 26, sentence: '26 of 26 rules could be decided' },
    })
  })

  it('says of a stopped container what is still true', () => {
    expect(verdict(stoppedSnapshot())).toMatchObject({
      level: 'undecided',
      headline: 'Not running',
      sentence: 'The container is not running: it has no namespaces now. 4 findings need action, 3 are worth knowing, 13 could not be decided.',
    })
  })

  it('is firm only when everything is known', () => {
    expect(verdict(hardened())).toMatchObject({ level: 'firm', headline: 'Well isolated' })
    expect(verdict(hardened((draft) => { draft.security.seccomp = null }))).toMatchObject({
      level: 'undecided',
      headline: 'Not enough is known',
      sentence: '7 of 8 namespaces are private; 1 is the host’s (time). No finding needs action, 1 could not be decided.',
    })
  })

  it('is not firm with an unknown namespace, and says which', () => {
    const unread = hardened((draft) => {
      for (const namespace of draft.namespaces.filter(({ type }) => type === 'time'))
        Object.assign(namespace, { verdict: 'unknown', container: null })
    })
    expect(verdict(unread)).toMatchObject({ level: 'undecided', sentence: '7 of 8 namespaces are private; 1 is unknown (time). No finding needs action.' })
  })

  it('is not milder than what is unknown could be', () => {
    expect(verdict(nodeappSnapshot((draft) => { draft.security.capabilities = null }))).toMatchObject({ level: 'undecided' })
  })

  it('names the container behind the door', () => {
    const joined = nodeappSnapshot((draft) => {
      for (const namespace of draft.namespaces.filter(({ type }) => type === 'net'))
        Object.assign(namespace, { verdict: 'shared', sharedWith: [{ id: 'ab'.repeat(32), name: 'web' }] })
    })
    expect(verdict(joined).sentence).toContain('1 is shared with another container (net with web)')
  })

  it('counts what privileged mode lifts once', () => {
    const { level, sentence } = verdict(nodeappSnapshot((draft) => {
      draft.container.isPrivileged = true
      draft.security.seccomp = 'disabled'
      draft.security.maskedPaths = []
      draft.security.readOnlyPaths = []
      draft.security.capabilities?.effective.push('SYS_ADMIN', 'SYS_MODULE')
    }))
    expect({ level, sentence }).toEqual({ level: 'open', sentence: '5 of 8 namespaces are private; 3 are the host’s (user, cgroup, time). 8 findings need action, 3 are worth knowing.' })
  })
})

describe('the findings', () => {
  it('come with what failed first, gravest first', () => {
    const failed = analyse(nodeappSnapshot()).map(({ outcome, severity }) => `${outcome.status} ${SEVERITIES.indexOf(severity)}`)
    const statuses = ['fail', 'unknown', 'pass', 'not-applicable']
    expect([...failed].sort((a, b) => statuses.indexOf(a.split(' ')[0] ?? '') - statuses.indexOf(b.split(' ')[0] ?? '') || a.localeCompare(b))).toEqual(failed)
  })
})
