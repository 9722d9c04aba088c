import { describe, expect, it } from 'vitest'
import { rules } from '../../../../shared/analysis/rules/index'
import { FactName } from '../../../../shared/model/evidence'
import { Snapshot } from '../../../../shared/model/snapshot'
import { nodeappSnapshot, stoppedSnapshot } from '../nodeapp-snapshot'
import { cases } from './cases'

/** Null is a value of its own here: not published; a file system of the container's own; nothing is missing. */
const NULL_IS_A_FACT = new Set(['hostPort', 'hostPath', 'unknownBecause'])
/** How a fact was read, not the fact; lists of facts are deleted as a whole. */
const NO_INPUT = new Set(['evidence', 'source', 'hostSource'])
const CAN_BE_UNKNOWN = new Set(['verdict', 'propagation', 'owner', 'state'])

type Step = string | number
const isObject = (value: unknown): value is Record<Step, unknown> => typeof value === 'object' && value !== null

function* leaves(value: unknown, path: Step[] = []): Generator<Step[]> {
  if (!isObject(value))
    return
  for (const key of Object.keys(value)) {
    const child = value[key]
    if (NO_INPUT.has(key) && isObject(child))
      continue
    if (child !== null && !NULL_IS_A_FACT.has(key))
      yield [...path, key]
    yield* leaves(child, [...path, key])
  }
}

/** Puts a value where the path leads, and returns what stood there. */
function exchange(root: unknown, path: readonly Step[], value: unknown): unknown {
  let place: unknown = root
  for (const step of path.slice(0, -1))
    place = isObject(place) ? place[step] : undefined
  const last = path.at(-1)
  if (!isObject(place) || last === undefined)
    return undefined
  const before = place[last]
  place[last] = value
  return before
}

/** Whether the schema lets this place be unknown: asked once for each place, whatever the index in its list. */
const isAllowed = new Map<string, boolean>()
function mayBe(draft: Snapshot, path: readonly Step[]): boolean {
  const place = path.map(step => (/^\d+$/.test(String(step)) ? '*' : step)).join('.')
  const known = isAllowed.get(place) ?? Snapshot.safeParse(draft).success
  isAllowed.set(place, known)
  return known
}

/** A collector that failed: its lists are empty, and the evidence says why. */
function withoutFact(snapshot: Snapshot, fact: FactName): Snapshot {
  const copy = structuredClone(snapshot)
  copy.evidence[fact].unknownBecause = 'It was deleted.'
  if (fact === 'files.mounts')
    copy.files.mounts = []
  if (fact === 'processes')
    copy.processes = []
  if (fact === 'network.published')
    copy.network.published = []
  if (fact === 'security') {
    copy.security = {
      capabilities: null, seccomp: null, hasNoNewPrivileges: null, lsmLabel: null, isRootReadOnly: null, maskedPaths: null, readOnlyPaths: null,
      mountedSockets: [], devices: [],
    }
  }
  return copy
}

/** Every snapshot that differs from this one by one missing input; each is valid until the next is asked for. */
function* mutants(snapshot: Snapshot): Generator<[string, Snapshot]> {
  const draft = structuredClone(snapshot)
  for (const path of [...leaves(draft)]) {
    const before = exchange(draft, path, CAN_BE_UNKNOWN.has(String(path.at(-1))) ? 'unknown' : null)
    if (mayBe(draft, path))
      yield [path.join('.'), draft]
    exchange(draft, path, before)
  }
  for (const { type } of snapshot.namespaces)
    yield [`namespaces without ${type}`, { ...snapshot, namespaces: snapshot.namespaces.filter(namespace => namespace.type !== type) }]
  for (const fact of FactName.options)
    yield [`fact ${fact}`, withoutFact(snapshot, fact)]
}

/** Enough of a snapshot for the rules; what they never look at only costs time. */
const slim = (snapshot: Snapshot): Snapshot => ({
  ...snapshot,
  hostProcesses: [],
  files: { ...snapshot.files, rootHost: null, rootInside: null, sizeTree: null },
  network: { ...snapshot.network, inside: null, host: null },
  users: { ...snapshot.users, inside: null, host: null },
})

const snapshots: [string, Snapshot][] = [
  ['the plain container', nodeappSnapshot()],
  ['the stopped container', stoppedSnapshot()],
  ...Object.entries(cases).flatMap(([id, list]) => list.filter(({ status }) => status === 'fail' || status === 'unknown').map(({ title, snapshot }): [string, Snapshot] => [`${id}: ${title}`, snapshot])),
]

describe('a missing input', () => {
  it.each(snapshots)('never turns a finding into a pass: %s', (_, full) => {
    const snapshot = slim(full)
    const watched = rules.map(rule => ({ rule, before: rule.check(snapshot).status })).filter(({ before }) => before === 'fail' || before === 'unknown')
    let count = 0
    const rosier: string[] = []
    for (const [name, mutant] of mutants(snapshot)) {
      count += 1
      for (const { rule, before } of watched) {
        const after = rule.check(mutant).status
        if (after === 'pass' || after === 'not-applicable')
          rosier.push(`${rule.id}: ${before} became ${after} without ${name}`)
      }
    }
    expect(rosier).toEqual([])
    expect(count).toBeGreaterThan(50)
  })
})
