import { ProblemError } from '../../shared/model/problem'
import type { Snapshot } from '../../shared/model/snapshot'
import { loadPart } from '../load-part'

/** Far above a large host's snapshot; a bigger file is something else. */
const MAX_FILE_BYTES = 256 * 1024 * 1024

/** A snapshot file that the person chose or dropped; throws a ProblemError for a file that is none. */
export async function readSnapshotFile(file: File): Promise<Snapshot> {
  if (file.size > MAX_FILE_BYTES)
    throw new ProblemError({ code: 'SNAPSHOT_TOO_LARGE', what: `${file.name} is too large for a snapshot.`, fix: 'Choose the .json file that Isoscope wrote.' })
  const [text, { parseSnapshot }] = await Promise.all([file.text(), loadPart(() => import('../../shared/model/parse-snapshot'))])
  return parseSnapshot(text, file.name)
}

/** The recording that comes with Isoscope, read the same way as any saved file. */
export async function readSample(): Promise<Snapshot> {
  const [{ default: text }, { parseSnapshot }] = await loadPart(() => Promise.all([
    import('./sample/nodeapp-container.json?raw'),
    import('../../shared/model/parse-snapshot'),
  ]))
  return parseSnapshot(text, 'The built-in sample')
}
