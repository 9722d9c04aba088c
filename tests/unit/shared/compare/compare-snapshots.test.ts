import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type ComparedFact, compareSnapshots, countOutcomes } from '../../../../shared/compare/compare-snapshots'
import { TOPICS } from '../../../../shared/compare/topics/index'
import type { Snapshot } from '../../../../shared/model/snapshot'
import { parseSnapshot } from '../../../../shared/model/parse-snapshot'
import { redact } from '../../../../shared/report/redact'
import { cases } from '../analysis/cases'
import { hostileSnapshot } from '../hostile-snapshot'
import { mutants } from '../missing-inputs'
import { nodeappSnapshot, stoppedSnapshot } from '../nodeapp-snapshot'

const sample = parseSnapshot(readFileSync(new URL('../../../../renderer/client/sample/nodeapp-container.json', import.meta.url), 'utf8'), 'the sample')

const ordinary: [string, Snapshot][] = [
  ['a plain one', nodeappSnapshot()],
  ['a stopped one', stoppedSnapshot()],
  ['the sample', sample],
  ['a masked one', redact(sample)],
]
const ofRules = Object.entries(cases).flatMap(([id, list]) => list.map(({ title, snapshot, status }) => ({ title: `${id}: ${title}`, snapshot, status })))
const snapshots: [string, Snapshot][] = [...ordinary, ...ofRules.map(({ title, snapshot }): [string, Snapshot] => [title, snapshot])]
/** That what fails or is unknown never passes for want of a fact is the rules' own test. */
const losable = [...ordinary, ...ofRules.filter(({ status }) => status === 'pass').map(({ title, snapshot }): [string, Snapshot] => [title, snapshot])]

/** What of the host nobody asks here only costs time. */
const slim = (snapshot: Snapshot): Snapshot => ({
  ...snapshot,
  hostProcesses: [],
  files: { ...snapshot.files, rootHost: null, sizeTree: null },
  network: { ...snapshot.network, host: null },
  users: { ...snapshot.users, inside: null, host: null },
})

/** The third of a list and those behind it are as its second. Each namespace is one of its kind. */
const isOneOfMany = (path: string): boolean => !path.startsWith('namespaces') && /\.(?:[2-9]|\d\d+)(?:\.|$)/.test(path)

const factsOf = (a: Snapshot, b: Snapshot): ComparedFact[] => compareSnapshots(a, b).flatMap(({ facts }) => facts)
const different = (a: Snapshot, b: Snapshot): string[] => factsOf(a, b).filter(({ outcome }) => outcome === 'different').map(({ fact }) => fact)
const factOf = (name: string, a: Snapshot, b: Snapshot): ComparedFact | undefined => factsOf(a, b).find(({ fact }) => fact === name)
/** What is compared and what is not, without the words. */
const outcomeOf = (name: string, a: Snapshot, b: Snapshot): unknown[] => {
  const { outcome, a: ofA, b: ofB } = factOf(name, a, b) ?? {}
  return [outcome, ofA, ofB]
}

/** Where there is none: a limit as declared, a default gateway, one address that is published. What was declared of a mount is known. */
const NULL_IS_NONE = ['memoryBytes', 'cpus', 'pids', 'defaultGateway', 'hostAddress', 'propagation']

/** Another container of the same kind: what the engine gives anew is another. */
const sibling = (change: (draft: Snapshot) => void = () => {}): Snapshot => nodeappSnapshot((draft) => {
  draft.container.id = 'ab'.repeat(32)
  draft.container.name = 'sibling'
  draft.hostname.inside = 'ab'.repeat(6)
  draft.network.inside?.interfaces[1]?.addresses.splice(0, 1, '172.17.0.3/16')
  change(draft)
})

it('asks each fact once', () => {
  const facts = TOPICS.flatMap(({ questions }) => questions.map(({ fact }) => fact))
  expect(facts.filter((fact, at) => facts.indexOf(fact) !== at)).toEqual([])
})

describe('a snapshot beside itself', () => {
  it.each(snapshots)('has no difference: %s', (_, snapshot) => {
    expect(factsOf(snapshot, structuredClone(snapshot)).filter(({ outcome }) => outcome !== 'same' && outcome !== 'unknown')).toEqual([])
  })

  it('knows everything of a plain one', () => {
    expect(countOutcomes(compareSnapshots(nodeappSnapshot(), nodeappSnapshot()), 'unknown')).toBe(0)
  })

  it('has no difference with thousands of hostile names', () => {
    const hostile = hostileSnapshot()
    expect(different(hostile, structuredClone(hostile))).toEqual([])
  })
})

describe('two snapshots', () => {
  it.each(snapshots)('are compared the other way round with the same outcomes: %s', (_, a) => {
    const b = nodeappSnapshot()
    const mirrored = factsOf(b, a).map((fact): ComparedFact => ({ ...fact, a: fact.b, b: fact.a, onlyA: fact.onlyB, onlyB: fact.onlyA, whyNotA: fact.whyNotB, whyNotB: fact.whyNotA }))
    expect(factsOf(a, b)).toEqual(mirrored)
  })

  it.each(snapshots)('say a reason for what is unknown, and for nothing else: %s', (_, a) => {
    const wrong = factsOf(a, nodeappSnapshot()).filter(({ outcome, whyNotA, whyNotB }) => (outcome === 'unknown') !== Boolean(whyNotA ?? whyNotB))
    expect(wrong).toEqual([])
  })

  it.each(losable)('differ in nothing that one of them is missing: %s', (_, full) => {
    const snapshot = slim(full)
    let count = 0
    const told: string[] = []
    for (const [name, mutant] of mutants(snapshot, NULL_IS_NONE)) {
      if (isOneOfMany(name))
        continue
      count += 1
      told.push(...factsOf(snapshot, mutant).filter(({ outcome }) => outcome === 'different' || outcome === 'own').map(({ fact }) => `${fact} without ${name}`))
    }
    expect(told).toEqual([])
    expect(count).toBeGreaterThan(50)
  })

  it('of two containers with the same flags differ in nothing', () => {
    const facts = factsOf(nodeappSnapshot(), sibling())
    expect(facts.filter(({ outcome }) => outcome === 'different')).toEqual([])
    expect(facts.filter(({ outcome }) => outcome === 'own').map(({ fact }) => fact)).toEqual(['network.inside.addresses', 'hostname.inside'])
  })

  it('of one container differ in the address that it was given anew', () => {
    expect(different(nodeappSnapshot(), nodeappSnapshot(draft => draft.network.inside?.interfaces[1]?.addresses.splice(0, 1, '172.17.0.3/16')))).toEqual(['network.inside.addresses'])
  })

  it('differ in a hostname that one of them was given', () => {
    expect(different(nodeappSnapshot(), sibling((draft) => { draft.hostname.inside = 'web' }))).toEqual(['hostname.inside'])
  })
})

describe('a finding', () => {
  const find = (snapshot: Snapshot): unknown[] => outcomeOf('findings.writable-root', nodeappSnapshot(), snapshot)
  const readOnly = (draft: Snapshot): void => { draft.security.isRootReadOnly = true }

  it('differs where both were judged by the same', () => {
    expect(find(nodeappSnapshot(readOnly))).toEqual(['different', 'found', 'not found'])
  })

  it('is unknown where one was judged by less', () => {
    const less = nodeappSnapshot((draft) => {
      readOnly(draft)
      draft.security.lsmLabel = null
    })
    expect(find(less)).toEqual(['unknown', 'found', 'not found'])
    expect(factOf('findings.writable-root', nodeappSnapshot(), less)).toMatchObject({ whyNotA: null, whyNotB: 'it was judged without knowing: AppArmor or SELinux' })
  })
})

describe('an answer', () => {
  const limited = (limitBytes: number): Snapshot => nodeappSnapshot((draft) => { draft.cgroup.memory.limitBytes = limitBytes })

  it('is exact: one page more is another limit', () => {
    expect(outcomeOf('cgroup.memory.limitBytes', limited(64 * 2 ** 20), limited(64 * 2 ** 20 + 4096))).toEqual(['different', '64 MiB', '65\u202F540 KiB'])
  })

  it('of several things tells which are whose, and how many', () => {
    const processes = (...commands: string[]): Snapshot => nodeappSnapshot((draft) => {
      draft.processes = draft.processes.slice(0, 1).flatMap(process => commands.map(command => ({ ...process, args: [command] })))
    })
    expect(factOf('processes', processes('sh', 'sleep', 'sleep', 'sleep'), processes('sleep', 'sh', 'node'))).toMatchObject({ outcome: 'different', onlyA: ['sleep', 'sleep'], onlyB: ['node'] })
    expect(different(processes('sh', 'node'), processes('node', 'sh'))).toEqual([])
  })

  it('of a list that may have a gap is unknown', () => {
    const gap = nodeappSnapshot((draft) => {
      draft.processCounts.inside = null
      draft.evidence['processCounts.inside'].unknownBecause = 'whether process 7 is in it could not be told'
    })
    expect(factOf('processes', gap, nodeappSnapshot())).toMatchObject({ outcome: 'unknown', a: null, whyNotA: 'whether process 7 is in it could not be told', whyNotB: null, onlyA: [], onlyB: [] })
  })

  it.each([
    ['changes', 'files.changes', (draft: Snapshot) => { draft.files.changes?.added.pop() }],
    ['mounts', 'files.mounts', (draft: Snapshot) => { draft.problems.push({ code: 'FILES_MOUNTS_CUT', what: '', fix: '' }) }],
    ['sizes', 'files.sizeBytes', (draft: Snapshot) => { draft.files.isComplete = false }],
  ] as const)('of %s that were cut is unknown', (_words, fact, change) => {
    expect(factOf(fact, nodeappSnapshot(change), nodeappSnapshot())).toMatchObject({ outcome: 'unknown', a: null })
  })

  it('takes what was declared for nothing that is in force', () => {
    const declaredOnly = nodeappSnapshot((draft) => {
      draft.cgroup.memory.limitBytes = 2 ** 30
      for (const fact of ['cgroup', 'files.mounts', 'workingDirectory.inside', 'hostname.inside'] as const)
        Object.assign(draft.evidence[fact], { source: fact === 'cgroup' ? 'none' : 'engine-api', detail: 'as declared: it may not be looked at' })
      draft.files.mounts = []
      draft.workingDirectory.inside = '/elsewhere'
      draft.evidence['cgroup'].unknownBecause = 'the limits are those declared'
    })
    const outcomes = factsOf(declaredOnly, nodeappSnapshot()).filter(({ outcome }) => outcome !== 'same').map(({ fact, outcome }) => `${fact} ${outcome}`)
    expect(outcomes.filter(text => !text.startsWith('findings.'))).toEqual([
      'files.mounts unknown', 'workingDirectory.inside unknown', 'hostname.inside unknown',
      'cgroup.memory.limitBytes unknown', 'cgroup.cpu.limitCpus unknown', 'cgroup.cpu.weight unknown', 'cgroup.pids.limit unknown',
    ])
    expect(factOf('hostname.inside', declaredOnly, nodeappSnapshot())).toMatchObject({ whyNotA: 'it is the name as declared', whyNotB: 'it is the name that the kernel has' })
  })

  it('of a list by the engine and of one by the kernel are two kinds, but that nothing runs both can tell', () => {
    const reported = nodeappSnapshot((draft) => { draft.evidence.processes.source = 'engine-api' })
    expect(factOf('processCounts.inside', reported, nodeappSnapshot())?.outcome).toBe('unknown')
    expect(outcomeOf('processCounts.inside', nodeappSnapshot(), stoppedSnapshot())).toEqual(['different', '2', '0'])
  })

  it('keeps the weights of the two versions of control groups apart', () => {
    const second = nodeappSnapshot((draft) => { draft.cgroup.version = '2' })
    expect(factOf('cgroup.cpu.weight', nodeappSnapshot(), second)?.outcome).toBe('unknown')
  })

  it('that was masked is unknown, and the same mask on both sides is not the same', () => {
    expect(outcomeOf('hostname.inside', redact(nodeappSnapshot()), redact(sibling()))).toEqual(['unknown', null, null])
    expect(outcomeOf('network.inside.addresses', redact(nodeappSnapshot()), nodeappSnapshot()).slice(0, 2)).toEqual(['unknown', null])
  })

  it('of two in one namespace is the same', () => {
    const shared = (snapshot: Snapshot, other: string): Snapshot => {
      Object.assign(snapshot.namespaces.find(({ type }) => type === 'net') ?? {}, { verdict: 'shared', sharedWith: [{ id: 'cd'.repeat(32), name: other }] })
      return snapshot
    }
    const words = 'shared by nodeapp-container, sibling'
    expect(outcomeOf('namespaces.net', shared(nodeappSnapshot(), 'sibling'), shared(sibling(), 'nodeapp-container'))).toEqual(['same', words, words])
    expect(outcomeOf('namespaces.net', shared(nodeappSnapshot(), 'sibling'), sibling())).toEqual(['different', words, 'private'])
  })

  it('has no random name of a volume in it', () => {
    const withVolume = (name: string): Snapshot => nodeappSnapshot((draft) => {
      const hostPath = `/var/lib/docker/volumes/${name}/_data`
      draft.files.mounts.push({ destination: '/data', source: 'vda', hostPath, fileSystem: 'ext4', isReadOnly: false, options: 'rw', propagation: 'private', isDeclared: true })
      draft.container.mounts.push({ type: 'volume', source: hostPath, destination: '/data', isReadOnly: false, propagation: '' })
    })
    expect(different(withVolume('ab'.repeat(32)), withVolume('cd'.repeat(32)))).toEqual([])
    expect(different(withVolume('one'), withVolume('two'))).toEqual(['files.mounts', 'container.mounts'])
  })
})
