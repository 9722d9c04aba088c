import { Buffer } from 'node:buffer'
import type { Evidence } from '../../shared/model/evidence'
import type { FileChanges } from '../../shared/model/files'
import { type Problem, ProblemError } from '../../shared/model/problem'
import { textFromBytes } from '../parse/raw-name'
import type { Change } from '../sources/docker'
import { known, type Scene, unknown } from './scene'

const MOST_LISTED = 5_000

/** What differs from the image, in the engine's own words (`docker diff`). JSON has no bytes: a name that is not UTF-8 arrives as U+FFFD. */
export async function collectFileChanges({ docker, container, signal }: Scene): Promise<{ changes: FileChanges | null, evidence: Evidence, problems: Problem[] }> {
  const command = `docker diff ${container.name}`
  try {
    return {
      changes: sortChanges(await docker.changes(container.id, signal)),
      evidence: known('engine-api', 'GET /containers/{id}/changes', command),
      problems: [],
    }
  }
  catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof ProblemError))
      throw error
    return { changes: null, evidence: unknown(error.problem.what, command), problems: [error.problem] }
  }
}

/** By kind, each list sorted and at most 5,000 long; the counts hold all. */
export function sortChanges(changes: readonly Change[]): FileChanges {
  const pathsOf = (kind: number): string[] => changes.filter(change => change.Kind === kind).map(change => change.Path).sort()
  const changed = pathsOf(0)
  const added = pathsOf(1)
  const deleted = pathsOf(2)
  const listed = (paths: readonly string[]): string[] => paths.slice(0, MOST_LISTED).map(path => textFromBytes(Buffer.from(path)))
  return {
    added: listed(added),
    changed: listed(changed),
    deleted: listed(deleted),
    counts: { added: added.length, changed: changed.length, deleted: deleted.length },
  }
}
