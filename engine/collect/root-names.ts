import type { Evidence } from '../../shared/model/evidence'
import type { FileEntry } from '../../shared/model/files'
import type { OpenFolder } from '../sources/open-folder'
import { Unreadable } from '../sources/proc-source'
import { byName, describeEntry } from './folder-entries'
import { openHostRoot } from './host-root'
import { known, type KernelView, unknown } from './scene'

/** The names in one root directory, sorted by their bytes. Throws Unreadable. */
export const namesIn = async (folder: OpenFolder): Promise<FileEntry[]> =>
  Promise.all((await folder.entries()).sort(byName).map(entry => describeEntry(folder, entry)))

/** The names in the `/` of the engine's machine. */
export async function collectHostRoot(kernel: KernelView): Promise<{ names: FileEntry[] | null, evidence: Evidence }> {
  const command = 'ls -A /'
  if (kernel.proc === null)
    return { names: null, evidence: unknown(kernel.because, command) }
  const host = await openHostRoot(kernel.proc)
  if (host === null)
    return { names: null, evidence: unknown('no process in the root directory of the engine host may be looked at', `sudo ls -A ${kernel.proc.root}/1/root/`) }
  try {
    return { names: await namesIn(host.root.folder), evidence: known('file', `/ of the engine host, through ${host.path}`, command) }
  }
  catch (error) {
    if (error instanceof Unreadable)
      return { names: null, evidence: unknown(error.message, command) }
    throw error
  }
  finally {
    host.root.close()
  }
}
