import { FactName } from '../../../shared/model/evidence'
import { Snapshot } from '../../../shared/model/snapshot'

/** Null is a value of its own here: not published; a file system of the container's own; nothing is missing. */
const NULL_IS_A_FACT: readonly string[] = ['hostPort', 'hostPath', 'unknownBecause']
/** How a fact was read, not the fact; lists of facts are deleted as a whole. */
const NO_INPUT = new Set(['evidence', 'source', 'hostSource'])
const CAN_BE_UNKNOWN = new Set(['verdict', 'propagation', 'owner', 'state'])

type Step = string | number
const isObject = (value: unknown): value is Record<Step, unknown> => typeof value === 'object' && value !== null

function* leaves(value: unknown, facts: readonly string[], path: Step[] = []): Generator<Step[]> {
  if (!isObject(value))
    return
  for (const key of Object.keys(value)) {
    const child = value[key]
    if (NO_INPUT.has(key) && isObject(child))
      continue
    if (child !== null && !facts.includes(key))
      yield [...path, key]
    yield* leaves(child, facts, [...path, key])
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

/**
 * Every snapshot that differs from this one by one missing input; each is valid until the next is asked for. `nullIsAFact` names more
 * places where null is no missing input.
 */
export function* mutants(snapshot: Snapshot, nullIsAFact: readonly string[] = []): Generator<[string, Snapshot]> {
  const draft = structuredClone(snapshot)
  for (const path of [...leaves(draft, [...NULL_IS_A_FACT, ...nullIsAFact])]) {
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
