import { Buffer } from 'node:buffer'
import type { FileKind } from '../../../shared/model/files'
import { textFromBytes } from '../../parse/raw-name'
import { oneName } from '../one-name'
import type { FileStatus, OpenFolder, RawEntry, StatedEntry } from '../open-folder'
import { Unreadable } from '../proc-source'
import { BELOW_PROC, numbers, withPath } from './arguments'
import { errnoName } from './errno'
import { HelperEnded, type HelperSession, NOT_REGULAR, type Operation } from './session'

const STATUS_BYTES = 64
/** Of an entry, before its name: its kind and the name's length. */
const ENTRY_BYTES = 3

/** `label`: the path as a person on the engine's machine writes it. Throws Unreadable. */
export const openProcFolder = (session: HelperSession, path: string, label: string): Promise<OpenFolder> =>
  openBelow(session, BELOW_PROC, path, label)

async function openBelow(session: HelperSession, base: number, path: string | Buffer, label: string): Promise<OpenFolder> {
  const opened = await read(session, label, 'open', withPath(path, base))
  return heldOpen(session, label, opened.readUInt32LE(0), opened.subarray(4))
}

/** A folder that the program holds open: its handle is its descriptor there. */
function heldOpen(session: HelperSession, label: string, handle: number, stats: Buffer): OpenFolder {
  const labelOf = (name: Buffer): string => `${label === '/' ? '' : label}/${textFromBytes(name)}`
  const below = (name: Buffer, ...before: readonly number[]): Buffer => withPath(oneName(name), ...before, handle)

  return {
    device: Number(stats.readBigUInt64LE(16)),
    isEmptied: stats.readUInt32LE(12) === 0,
    entries: async () => rawEntries(await read(session, label, 'list', numbers(0, handle))),
    entriesWithStatus: async except => statedEntries(await read(session, label, 'list', numbers(1, handle)), label, except),
    openFolder: async name => openBelow(session, handle, oneName(name), labelOf(name)),
    status: async (name) => {
      const args = below(name)
      const bytes = await nullFor(['ENOENT'], () => read(session, labelOf(name), 'status', args))
      return bytes && fileStatus(bytes)
    },
    linkTarget: name => nullFor(['ENOENT', 'EINVAL'], async () => read(session, labelOf(name), 'link', below(name))),
    readSmallFile: (name, maxBytes) => nullFor(['ENOENT'], async () => read(session, labelOf(name), 'read', below(name, maxBytes))),
    fileSystemType: async () => Number((await read(session, label, 'fileSystem', numbers(handle))).readBigUInt64LE(0)),
    close: () => {
      // What ended has closed everything by itself.
      void session.ask('close', numbers(handle)).catch(() => {})
    },
  }
}

/** What was answered. Throws Unreadable with the errno's name. */
export async function read(session: HelperSession, label: string, operation: Operation, args: Buffer): Promise<Buffer> {
  const { state, bytes } = await session.ask(operation, args).catch((error: unknown) => {
    throw error instanceof HelperEnded ? new Unreadable(label, error.message) : error
  })
  if (state !== 0)
    throw new Unreadable(label, state === NOT_REGULAR ? 'not a regular file' : errnoName(state))
  return bytes
}

/** What is asked for, or null where it is refused with one of these. */
export async function nullFor<T>(codes: readonly string[], ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask()
  }
  catch (error) {
    if (error instanceof Unreadable && codes.includes(error.code))
      return null
    throw error
  }
}

/** What `list` answers. */
export function rawEntries(bytes: Buffer): RawEntry[] {
  const entries: RawEntry[] = []
  for (let at = 0; at < bytes.length;) {
    const entry = entryAt(bytes, at)
    entries.push(entry)
    at += ENTRY_BYTES + entry.name.length
  }
  return entries
}

const entryAt = (bytes: Buffer, at: number): RawEntry => ({
  kind: kindOf(bytes.readUInt8(at)),
  name: Buffer.from(bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + bytes.readUInt16LE(at + 1))),
})

/** After each regular file its errno and, if that is 0, its status. */
function statedEntries(bytes: Buffer, label: string, except: ReadonlySet<string>): StatedEntry[] {
  const stated: StatedEntry[] = []
  for (let at = 0; at < bytes.length;) {
    const { name, kind } = entryAt(bytes, at)
    at += ENTRY_BYTES + name.length
    if (kind !== 'file') {
      stated.push({ name, kind, status: null })
      continue
    }
    const errno = bytes.readUInt32LE(at)
    const isAsked = !except.has(name.toString('latin1'))
    if (errno !== 0 && isAsked && errnoName(errno) !== 'ENOENT')
      throw new Unreadable(`${label}/${textFromBytes(name)}`, errnoName(errno))
    stated.push({ name, kind, status: errno === 0 && isAsked ? fileStatus(bytes.subarray(at + 4, at + 4 + STATUS_BYTES)) : null })
    at += 4 + (errno === 0 ? STATUS_BYTES : 0)
  }
  return stated
}

function fileStatus(bytes: Buffer): FileStatus {
  const isSharedByNames = bytes.readUInt32LE(12) > 1
  return {
    kind: kindOf(bytes.readUInt32LE(0) >> 12),
    sizeBytes: Number(bytes.readBigUInt64LE(32)),
    identity: isSharedByNames ? `${bytes.readBigUInt64LE(16)}:${bytes.readBigUInt64LE(24)}` : null,
  }
}

/** inode(7): the upper four bits of a mode, which are also the kinds that readdir(3) gives. */
const KINDS = new Map<number, FileKind>([[0o10, 'file'], [0o04, 'directory'], [0o12, 'link'], [0o02, 'character-device'], [0o06, 'block-device'], [0o01, 'fifo'], [0o14, 'socket']])

const kindOf = (type: number): FileKind => KINDS.get(type) ?? 'unknown'
