import { randomBytes } from 'node:crypto'
import type { Stats } from 'node:fs'
import { lstat, open, realpath, rename, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ProblemError } from '../shared/model/problem'

/**
 * Writes a file so that at every moment it is the old one or the new one, whole: a temporary file in the same folder, to disk,
 * then renamed over. A link stays a link; an existing file keeps its mode. Throws ProblemError, and leaves nothing behind.
 */
export async function saveFile(path: string, bytes: string | Uint8Array): Promise<void> {
  try {
    const target = await followLink(path)
    const existing = await statOrNull(target)
    if (existing)
      await refuseUnlessWritable(path, target, existing)
    await replace(target, bytes, existing)
  }
  catch (error) {
    throw error instanceof ProblemError ? error : saveProblem(path, error)
  }
}

async function followLink(path: string): Promise<string> {
  const isLink = await lstat(path).then(found => found.isSymbolicLink(), () => false)
  return isLink ? realpath(path) : path
}

function statOrNull(path: string): Promise<Stats | null> {
  return stat(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT')
      return null
    throw error
  })
}

/** A rename needs no permission on the file itself and would replace a device, so both are asked for first. */
async function refuseUnlessWritable(path: string, target: string, existing: Stats): Promise<void> {
  if (existing.isDirectory())
    throw new ProblemError({ code: 'SAVE_TARGET_FOLDER', what: `${path} is a folder.`, fix: 'Name a file inside it.' })
  if (!existing.isFile())
    throw new ProblemError({ code: 'SAVE_TARGET_SPECIAL', what: `${path} is not an ordinary file.`, fix: 'Choose another name.' })
  // Opening asks for what counts now; access(2) would ask for the real user.
  await (await open(target, 'r+')).close()
}

async function replace(target: string, bytes: string | Uint8Array, existing: Stats | null): Promise<void> {
  const folder = dirname(target)
  const temporary = join(folder, `.isoscope-${randomBytes(8).toString('hex')}.tmp`)
  const file = await open(temporary, 'wx', 0o644)
  try {
    try {
      // What the umask left of 0644 is what a new file shall have; until it is whole nobody else reads it.
      const { mode } = await file.stat()
      await file.chmod(0o600)
      await file.writeFile(bytes)
      await file.chmod((existing?.mode ?? mode) & 0o777)
      await file.sync()
    }
    finally {
      await file.close()
    }
    await rename(temporary, target)
  }
  catch (error) {
    await unlink(temporary)
    throw error
  }
  await syncFolder(folder)
}

/**
 * The rename itself reaches the disk only with its folder (fsync(2)). The file is whole all the same where the file system
 * cannot do that (EINVAL) or the folder may be written but not read (EACCES).
 */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    await handle.sync().finally(() => handle.close())
  }
  catch (error) {
    if (!['EINVAL', 'EACCES'].includes(codeOf(error)))
      throw error
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function saveProblem(path: string, error: unknown): ProblemError {
  const code = codeOf(error)
  const [name, fix] = REASONS.get(code) ?? ['SAVE_FAILED', 'Choose another place, and see whether the disk is in order.']
  return new ProblemError({ code: name, what: `${path} could not be written (${code || String(error)}).`, fix }, { cause: error })
}

const denied: [string, string] = ['SAVE_DENIED', 'Choose a folder and a file that you may write to.']
const noRoom: [string, string] = ['SAVE_NO_SPACE', 'Make room on the disk, or choose another place. The file is as it was before.']
const noPlace: [string, string] = ['SAVE_FOLDER_MISSING', 'Make the folder first, or choose another place.']

const REASONS = new Map([
  ['EACCES', denied],
  ['EPERM', denied],
  ['EROFS', denied],
  ['ENOSPC', noRoom],
  ['EDQUOT', noRoom],
  ['EFBIG', noRoom],
  ['ENOENT', noPlace],
  ['ENOTDIR', noPlace],
  ['ELOOP', noPlace],
])
