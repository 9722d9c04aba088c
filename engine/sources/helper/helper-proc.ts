import { Buffer } from 'node:buffer'
import { type ProcSource, Unreadable } from '../proc-source'
import { BELOW_PROC, withPath } from './arguments'
import { helperProcesses } from './helper-processes'
import { nullFor, openProcFolder, rawEntries, read } from './helper-folder'
import type { HelperSession, Operation } from './session'

/** What the program says of itself when it is greeted. */
export interface HelperProcess {
  /** Its own PID on the engine's machine. */
  readonly pid: number
  /** That of its parent: the runtime's process that holds the container. */
  readonly parentPid: number
}

/** The exited process, and a control group that was removed while it was open. */
const GONE = ['ENOENT', 'ESRCH', 'ENODEV']
/** A larger file is none of the kernel's that is asked for. */
const MAX_FILE_BYTES = 32 * 1024 * 1024
const PROTOCOL = 1

/** Asks the program who it is. Throws Unreadable; for a program that speaks otherwise too. */
export async function greet(session: HelperSession): Promise<HelperProcess> {
  const bytes = await read(session, 'the helper', 'hello', Buffer.alloc(0))
  if (bytes.length !== 12 || bytes.readUInt32LE(0) !== PROTOCOL)
    throw new Unreadable('the helper', 'it speaks otherwise than this Isoscope')
  return { pid: bytes.readUInt32LE(4), parentPid: bytes.readUInt32LE(8) }
}

/** The engine machine's procfs through a running helper. `own`: the PIDs that are there for the helper alone, and counted nowhere. */
export function helperProc(session: HelperSession, { parentPid }: HelperProcess, own: ReadonlySet<number>): ProcSource {
  const labelOf = (path: string): string => `/proc/${path}`
  const openHostRoot = createHostRoot(session, parentPid)

  /** `args` are made before: a path that is none is refused, not gone. */
  const readUnlessGone = (label: string, operation: Operation, args: Buffer): Promise<Buffer | null> =>
    nullFor(GONE, () => read(session, label, operation, args))

  async function readFile(label: string, args: Buffer): Promise<string | null> {
    const bytes = await readUnlessGone(label, 'read', args)
    if (bytes !== null && bytes.length === MAX_FILE_BYTES)
      throw new Unreadable(label, 'EFBIG')
    return bytes?.toString('latin1') ?? null
  }

  async function listPids(): Promise<number[]> {
    const bytes = await read(session, '/proc', 'pids', Buffer.alloc(0))
    const pids = Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readUInt32LE(4 * index))
    return pids.filter(pid => !own.has(pid)).sort((one, other) => one - other)
  }

  return {
    step: 'helper',
    root: '/proc',
    viewer: '1',
    listPids,
    readProcesses: helperProcesses(session, own),
    readText: async path => readFile(labelOf(path), withPath(path, MAX_FILE_BYTES, BELOW_PROC)),
    listFolder: async path => namesIn(await readUnlessGone(labelOf(path), 'list', withPath(path, 0, BELOW_PROC))),
    readLink: async path => (await readUnlessGone(labelOf(path), 'link', withPath(path, BELOW_PROC)))?.toString('latin1') ?? null,
    inodeOf: async (path) => {
      const status = await readUnlessGone(labelOf(path), 'followed', withPath(path))
      return status && Number(status.readBigUInt64LE(24))
    },
    openFolder: async path => openProcFolder(session, path, labelOf(path)),
    readHostFile: async path => readFile(path, withPath(path.replace(/^\/+/, ''), MAX_FILE_BYTES, await openHostRoot())),
  }
}

/**
 * The handle of the engine machine's root directory, opened once for a session: that of its first process, or where that one may not be
 * looked at (it may have a capability that the engine's own processes lack) that of the runtime's process.
 */
function createHostRoot(session: HelperSession, parentPid: number): () => Promise<number> {
  let opened: Promise<number> | undefined
  const open = async (pid: number): Promise<number> => (await read(session, `/proc/${pid}/root`, 'open', withPath(`${pid}/root`, BELOW_PROC))).readUInt32LE(0)
  return () => {
    opened ??= open(1).catch((error: unknown) => {
      if (error instanceof Unreadable)
        return open(parentPid)
      throw error
    })
    return opened
  }
}

/** One character a byte; those of a folder that is gone are none. */
const namesIn = (bytes: Buffer | null): string[] => bytes === null ? [] : rawEntries(bytes).map(({ name }) => name.toString('latin1'))
