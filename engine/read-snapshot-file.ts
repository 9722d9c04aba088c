import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { ProblemError } from '../shared/model/problem'

/** As the page's own limit for a file that is dropped on it: far above a large host's snapshot. */
const MAX_BYTES = 256 * 1024 * 1024

/** The text of a saved snapshot. Throws ProblemError SNAPSHOT_NOT_READABLE or SNAPSHOT_TOO_LARGE; what is in it is looked at elsewhere. */
export async function readSnapshotFile(path: string): Promise<{ fileName: string, text: string }> {
  const fileName = basename(path)
  const facts = await stat(path).catch(() => null)
  if (!facts?.isFile())
    throw new ProblemError({ code: 'SNAPSHOT_NOT_READABLE', what: `${fileName} is not there, or is no ordinary file.`, fix: 'Choose the .isoscope.json file that Isoscope wrote.' })
  if (facts.size > MAX_BYTES)
    throw new ProblemError({ code: 'SNAPSHOT_TOO_LARGE', what: `${fileName} is too large for a snapshot.`, fix: 'Choose the .isoscope.json file that Isoscope wrote.' })
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new ProblemError({ code: 'SNAPSHOT_NOT_READABLE', what: `${fileName} cannot be read.`, fix: 'See whether you may read it.' }, { cause })
  })
  return { fileName, text }
}
