import type { Evidence } from '../../shared/model/evidence'
import type { FileEntry } from '../../shared/model/files'
import type { OpenFolder } from '../sources/open-folder'
import { Unreadable } from '../sources/proc-source'
import { byName, describeEntry } from './folder-entries'
import { readMountinfo } from './mounts'
import { known, type KernelView, unknown } from './scene'

/** The names in one root directory, sorted by their bytes. Throws Unreadable. */
export const namesIn = async (folder: OpenFolder): Promise<FileEntry[]> =>
  Promise.all((await folder.entries()).sort(byName).map(entry => describeEntry(folder, entry)))

/**
 * The names in the engine host's `/`: that of its first process, or, without the right to look there, our own once it is proved to be
 * the same directory.
 */
export async function collectHostRoot(kernel: KernelView): Promise<{ names: FileEntry[] | null, evidence: Evidence }> {
  const command = 'ls -A /'
  if (kernel.proc === null)
    return { names: null, evidence: unknown(kernel.because, command) }
  const { proc } = kernel
  try {
    return { names: await listed(() => proc.openFolder('1/root')), evidence: known('file', `/ of the engine host, through ${proc.root}/1/root`, command) }
  }
  catch (error) {
    if (!(error instanceof Unreadable))
      throw error
  }
  try {
    if (proc.openOwnRoot === null || !await isOurRootTheHosts(kernel))
      return { names: null, evidence: unknown('Isoscope itself does not run in the root directory of the engine host', `sudo ls -A ${proc.root}/1/root/`) }
    return { names: await listed(proc.openOwnRoot), evidence: known('file', '/ as Isoscope itself sees it: the same mount as that of the engine host\'s first process', command) }
  }
  catch (error) {
    if (error instanceof Unreadable)
      return { names: null, evidence: unknown(error.message, command) }
    throw error
  }
}

async function listed(open: () => Promise<OpenFolder>): Promise<FileEntry[]> {
  const folder = await open()
  try {
    return await namesIn(folder)
  }
  finally {
    folder.close()
  }
}

/** mountinfo is readable by all: the same part of the same file system is mounted at both roots. */
async function isOurRootTheHosts({ proc }: Extract<KernelView, { proc: object }>): Promise<boolean> {
  const rootOf = async (pid: number | 'self'): Promise<string | undefined> => {
    const mount = (await readMountinfo(proc, pid))?.findLast(({ mountPoint }) => mountPoint === '/')
    return mount && `${mount.device} ${mount.root}`
  }
  const own = await rootOf('self')
  return own !== undefined && own === await rootOf(1)
}
