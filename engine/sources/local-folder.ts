import { Buffer } from 'node:buffer'
import type { Dirent, Stats } from 'node:fs'
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readlinkSync, readSync, statfsSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import type { FileKind } from '../../shared/model/files'
import { textFromBytes } from '../parse/raw-name'
import { oneName } from './one-name'
import type { FileStatus, OpenFolder, RawEntry, StatedEntry } from './open-folder'
import { Unreadable } from './proc-source'

/** asm-generic/fcntl.h: a descriptor that only names a file. The device driver or the fifo behind it never hears of it (open(2)). */
const O_PATH = 0o10000000
const { O_DIRECTORY, O_NOCTTY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants
/** The event loop gets its turn after as long, so that a window on the same thread keeps drawing. */
const SLICE_MS = 8

/**
 * Opens a directory of this machine at `path`, which must not come from a container: `/proc/<pid>/root`, `/`. What is below it is
 * reached through `/proc/self/fd/<n>/<one name>`. Throws Unreadable.
 */
export const openFolderAt = (path: string, label = path): OpenFolder =>
  heldOpen(() => label, () => openSync(path, O_RDONLY | O_DIRECTORY))

/** What a refusal calls the file. Made when there is one: to escape every name of a tree takes longer than to ask for its status. */
type Label = () => string

function heldOpen(label: Label, open: () => number): OpenFolder {
  const descriptor = refusalsNamed(label, open)
  const self = `/proc/self/fd/${descriptor}`
  const prefix = Buffer.from(`${self}/`)
  const labelOf = (name: Buffer): Label => () => `${label().replace(/\/$/, '')}/${textFromBytes(name)}`
  const pathOf = (name: Buffer): Buffer => Buffer.concat([prefix, oneName(name)])
  const stats = fstatSync(descriptor)

  const statusOf = (name: Buffer): FileStatus | null => refusalsNamed(labelOf(name), () => {
    const found = lstatSync(pathOf(name), { throwIfNoEntry: false })
    return found === undefined ? null : { kind: kindOf(found), sizeBytes: found.size, identity: found.nlink > 1 ? identityOf(pathOf(name)) : null }
  })
  const entries = (): RawEntry[] => refusalsNamed(label, () => readdirSync(self, { encoding: 'buffer', withFileTypes: true })
    .map(entry => ({ name: entry.name, kind: kindOf(entry) })))

  async function entriesWithStatus(except: ReadonlySet<string>): Promise<StatedEntry[]> {
    const stated: StatedEntry[] = []
    let sliceEndsAt = performance.now() + SLICE_MS
    for (const { name, kind } of entries()) {
      stated.push({ name, kind, status: kind === 'file' && !except.has(name.toString('latin1')) ? statusOf(name) : null })
      if (stated.length % 64 === 0 && performance.now() > sliceEndsAt) {
        await setImmediate()
        sliceEndsAt = performance.now() + SLICE_MS
      }
    }
    return stated
  }

  return {
    device: stats.dev,
    isEmptied: stats.nlink === 0,
    entries: async () => entries(),
    entriesWithStatus,
    openFolder: async name => heldOpen(labelOf(name), () => openSync(pathOf(name), O_RDONLY | O_DIRECTORY | O_NOFOLLOW)),
    status: async name => statusOf(name),
    linkTarget: async name => nullFor(['ENOENT', 'EINVAL'], labelOf(name), () => readlinkSync(pathOf(name), 'buffer')),
    readSmallFile: async (name, maxBytes) => nullFor(['ENOENT'], labelOf(name), () => readRegularFile(pathOf(name), labelOf(name), maxBytes)),
    fileSystemType: async () => refusalsNamed(label, () => statfsSync(self).type),
    close: () => closeSync(descriptor),
  }
}

function readRegularFile(path: Buffer, label: Label, maxBytes: number): Buffer {
  const named = openSync(path, O_PATH | O_NOFOLLOW)
  try {
    if (!fstatSync(named).isFile())
      throw new Unreadable(label(), 'not a regular file')
    const file = openSync(`/proc/self/fd/${named}`, O_RDONLY | O_NONBLOCK | O_NOCTTY)
    try {
      return readUpTo(file, maxBytes)
    }
    finally {
      closeSync(file)
    }
  }
  finally {
    closeSync(named)
  }
}

function readUpTo(file: number, maxBytes: number): Buffer {
  const bytes = Buffer.alloc(maxBytes)
  let length = 0
  while (length < maxBytes) {
    const count = readSync(file, bytes, length, maxBytes - length, null)
    if (count === 0)
      break
    length += count
  }
  return bytes.subarray(0, length)
}

/** Asked anew in whole 64-bit numbers, which cost more and are seldom needed: an inode of overlayfs does not fit a double. */
function identityOf(path: Buffer): string | null {
  const found = lstatSync(path, { throwIfNoEntry: false, bigint: true })
  return found === undefined ? null : `${found.dev}:${found.ino}`
}

/** The kind of the entry itself, as readdir(3) says it. */
export function kindOf(entry: Dirent<Buffer> | Stats): FileKind {
  if (entry.isFile())
    return 'file'
  if (entry.isDirectory())
    return 'directory'
  if (entry.isSymbolicLink())
    return 'link'
  if (entry.isCharacterDevice())
    return 'character-device'
  if (entry.isBlockDevice())
    return 'block-device'
  if (entry.isFIFO())
    return 'fifo'
  return entry.isSocket() ? 'socket' : 'unknown'
}

function nullFor<T>(codes: readonly string[], label: Label, read: () => T): T | null {
  try {
    return refusalsNamed(label, read)
  }
  catch (error) {
    if (error instanceof Unreadable && codes.includes(error.code))
      return null
    throw error
  }
}

function refusalsNamed<T>(label: Label, ask: () => T): T {
  try {
    return ask()
  }
  catch (error) {
    if (error instanceof Error && 'code' in error && !(error instanceof Unreadable))
      throw new Unreadable(label(), String(error.code))
    throw error
  }
}
