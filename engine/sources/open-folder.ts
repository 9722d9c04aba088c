import { Buffer } from 'node:buffer'
import type { Dirent, Stats } from 'node:fs'
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readlinkSync, readSync, statfsSync } from 'node:fs'
import type { FileKind } from '../../shared/model/files'
import { textFromBytes } from '../parse/raw-name'
import { Unreadable } from './proc-source'

/** asm-generic/fcntl.h: a descriptor that only names a file. The device driver or the fifo behind it never hears of it (open(2)). */
const O_PATH = 0o10000000
const { O_DIRECTORY, O_NOCTTY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants

/** One name of a folder, in the bytes that the kernel gave. The kind is that of the entry itself: links are not followed. */
export interface RawEntry {
  readonly name: Buffer
  readonly kind: FileKind
}

/**
 * A folder held open by its descriptor. What is below it is reached through `/proc/self/fd/<n>/<one name>`, so a link, or a
 * folder swapped for a link while we look, never leads out of the container (collected names are one level, never a path).
 * Every method throws Unreadable with the errno's name when the kernel refuses.
 */
export interface OpenFolder {
  /** `st_dev`: differs where another mount begins. */
  readonly device: number
  readonly isEmptied: boolean
  readonly entries: () => RawEntry[]
  readonly openFolder: (name: Buffer) => OpenFolder
  /** lstat(2); null when it is gone. */
  readonly status: (name: Buffer) => Stats | null
  /** Tells two names of one file apart from two files: whole 64-bit numbers, which overlayfs uses up to the top. */
  readonly identity: (name: Buffer) => string | null
  /** readlink(2), not followed; null when it is gone or no link. */
  readonly linkTarget: (name: Buffer) => Buffer | null
  /** At most `maxBytes` of a regular file; null when it is gone. Anything but a regular file is Unreadable. */
  readonly readSmallFile: (name: Buffer, maxBytes: number) => Buffer | null
  /** The file system's magic number (statfs(2)). */
  readonly fileSystemType: () => number
  readonly close: () => void
}

/** Opens the directory at `path`, which must not come from a container: `/proc/<pid>/root`, `/`. Throws Unreadable. */
export const openFolderAt = (path: string, label = path): OpenFolder =>
  heldOpen(label, () => openSync(path, O_RDONLY | O_DIRECTORY))

function heldOpen(label: string, open: () => number): OpenFolder {
  const descriptor = refusalsNamed(label, open)
  const self = `/proc/self/fd/${descriptor}`
  const prefix = Buffer.from(`${self}/`)
  const labelOf = (name: Buffer): string => `${label === '/' ? '' : label}/${textFromBytes(name)}`
  const pathOf = (name: Buffer): Buffer => Buffer.concat([prefix, oneName(name)])
  const stats = fstatSync(descriptor)

  return {
    device: stats.dev,
    isEmptied: stats.nlink === 0,
    entries: () => refusalsNamed(label, () => readdirSync(self, { encoding: 'buffer', withFileTypes: true })
      .map(entry => ({ name: entry.name, kind: kindOf(entry) }))),
    openFolder: name => heldOpen(labelOf(name), () => openSync(pathOf(name), O_RDONLY | O_DIRECTORY | O_NOFOLLOW)),
    status: name => refusalsNamed(labelOf(name), () => lstatSync(pathOf(name), { throwIfNoEntry: false }) ?? null),
    identity: name => refusalsNamed(labelOf(name), () => {
      const found = lstatSync(pathOf(name), { throwIfNoEntry: false, bigint: true })
      return found === undefined ? null : `${found.dev}:${found.ino}`
    }),
    linkTarget: name => nullFor(['ENOENT', 'EINVAL'], labelOf(name), () => readlinkSync(pathOf(name), 'buffer')),
    readSmallFile: (name, maxBytes) => nullFor(['ENOENT'], labelOf(name), () => readRegularFile(pathOf(name), labelOf(name), maxBytes)),
    fileSystemType: () => refusalsNamed(label, () => statfsSync(self).type),
    close: () => closeSync(descriptor),
  }
}

function readRegularFile(path: Buffer, label: string, maxBytes: number): Buffer {
  const named = openSync(path, O_PATH | O_NOFOLLOW)
  try {
    if (!fstatSync(named).isFile())
      throw new Unreadable(label, 'not a regular file')
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

/** Refuses what is not one level: the separator, NUL, and the two names that lead elsewhere. */
function oneName(name: Buffer): Buffer {
  const isElsewhere = name.length === 0 || name.equals(Buffer.from('.')) || name.equals(Buffer.from('..'))
  if (isElsewhere || name.includes(0x2F) || name.includes(0))
    throw new Unreadable(textFromBytes(name), 'ENOENT')
  return name
}

function kindOf(entry: Dirent<Buffer>): FileKind {
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

function nullFor<T>(codes: readonly string[], label: string, read: () => T): T | null {
  try {
    return refusalsNamed(label, read)
  }
  catch (error) {
    if (error instanceof Unreadable && codes.includes(error.code))
      return null
    throw error
  }
}

function refusalsNamed<T>(label: string, ask: () => T): T {
  try {
    return ask()
  }
  catch (error) {
    if (error instanceof Error && 'code' in error && !(error instanceof Unreadable))
      throw new Unreadable(label, String(error.code))
    throw error
  }
}
