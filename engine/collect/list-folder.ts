import type { Buffer } from 'node:buffer'
import type { FolderListing } from '../../shared/model/files'
import { ProblemError } from '../../shared/model/problem'
import { bytesFromText } from '../parse/raw-name'
import { openContainerRoot } from '../sources/container-root'
import { type ProcSource, Unreadable } from '../sources/proc-source'
import { describeEntry, foldersFirst } from './folder-entries'

const MOST_LISTED = 2_000

/**
 * One folder of a running container, folders first, then by name. `names` are the levels of its path as listings gave them.
 * Other mounts of the container are entered, links never. Throws ProblemError: FILES_FOLDER_GONE, FILES_NOT_A_FOLDER,
 * FILES_NO_PERMISSION.
 */
export async function listFolder({ proc, hostPid }: { proc: ProcSource, hostPid: number }, names: readonly string[]): Promise<FolderListing> {
  const path = `/${names.join('/')}`
  const levels = names.map(bytesFromText).filter((level): level is Buffer => level !== null)
  if (levels.length < names.length)
    throw gone(path)
  try {
    const root = await openContainerRoot(proc, hostPid)
    try {
      return await root.within(levels, async (folder) => {
        const entries = (await folder.entries()).sort(foldersFirst)
        const listed = entries.slice(0, MOST_LISTED)
        return { path, entries: await Promise.all(listed.map(entry => describeEntry(folder, entry))), omittedCount: entries.length - listed.length }
      })
    }
    finally {
      root.close()
    }
  }
  catch (error) {
    throw error instanceof Unreadable ? refusal(path, error) : error
  }
}

const gone = (path: string): ProblemError => new ProblemError({
  code: 'FILES_FOLDER_GONE',
  what: `There is no folder ${path} in the container any more.`,
  fix: 'Read its parent folder again.',
})

function refusal(path: string, { code, message }: Unreadable): ProblemError {
  if (code === 'ENOENT' || code === 'ESRCH')
    return gone(path)
  // O_NOFOLLOW with O_DIRECTORY refuses a link with either of these (open(2)).
  if (code === 'ENOTDIR' || code === 'ELOOP')
    return new ProblemError({ code: 'FILES_NOT_A_FOLDER', what: `${path} is a link or a file, not a folder.`, fix: 'A link shows where it leads; open that folder instead.' })
  return new ProblemError({ code: 'FILES_NO_PERMISSION', what: `${path} of the container may not be read: ${message}.`, fix: 'Run Isoscope as root, or as the user whose engine this is.' })
}
