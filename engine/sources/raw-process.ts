import { NAMESPACE_TYPES } from '../../shared/model/namespace-type'
import type { ProcStatusIds } from '../parse/proc-status-ids'

/** `stat`: that one file, for what changes from second to second. `everything`: all that a scan needs. */
export type WantedFiles = 'everything' | 'stat'

/** A command line is read no further: an argument may be as long as a file (execve(2), MAX_ARG_STRLEN). */
export const MAX_COMMAND_LINE_BYTES = 64 * 1024
/** 65,536 groups (setgroups(2)) make 700 KB of `status`, which are in front of `NSpid`. */
export const MAX_PROCESS_FILE_BYTES = 1024 * 1024

/** One file of a process within `RawProcess.bytes`: from `start` to before `end`, both 0 when nothing was read. */
export interface RawFile {
  readonly start: number
  readonly end: number
  /** The errno's name (`EACCES`) of a file that is there and may not be read, or is too large (`EFBIG`); null: it was read. */
  readonly refusal: string | null
}

/**
 * The files of one process, as the kernel wrote them. Valid during the visit alone: the next one may have the same object and the
 * same memory. Whoever fills it makes sure that all of it is of one process, though a PID is given to another one as soon as it is
 * free: it opens `cmdline` first and reads it last, from that same descriptor. The read fails with ESRCH once the process that was
 * opened is gone (fs/proc/base.c), and while it is not, its PID is nobody else's. Then there is no visit at all.
 */
export interface RawProcess {
  readonly pid: number
  readonly bytes: Buffer
  readonly stat: RawFile
  /** This and the following: with `everything` alone; otherwise as if empty. */
  readonly status: RawFile
  /** What `status` would say, where the kernel tells it at a sixth of the cost, so that `status` was not read; null: read `status`. */
  readonly ids: ProcStatusIds | null
  /** At most MAX_COMMAND_LINE_BYTES and one more, which tells that there was more. */
  readonly commandLine: RawFile
  readonly cgroup: RawFile
  /** Inodes of `ns/*` in the order of NAMESPACE_TYPES; 0: gone (a zombie has `ns/pid` alone), refused or not asked for. */
  readonly namespaces: Uint32Array
  /** The errno's name of the first of them that was refused; the others were then not asked for. */
  readonly namespacesRefusal: string | null
}

/** One file while it is filled. */
export interface FilledFile { start: number, end: number, refusal: string | null }

/** The record of a process that a reader fills anew for each one, so that thousands of them make no objects. */
export interface FilledProcess extends RawProcess {
  pid: number
  bytes: Buffer
  ids: ProcStatusIds | null
  readonly stat: FilledFile
  readonly status: FilledFile
  readonly commandLine: FilledFile
  readonly cgroup: FilledFile
  namespacesRefusal: string | null
}

const emptyFile = (): FilledFile => ({ start: 0, end: 0, refusal: null })

export const emptyProcess = (): FilledProcess => ({
  pid: 0,
  bytes: Buffer.alloc(0),
  ids: null,
  stat: emptyFile(),
  status: emptyFile(),
  commandLine: emptyFile(),
  cgroup: emptyFile(),
  namespaces: new Uint32Array(NAMESPACE_TYPES.length),
  namespacesRefusal: null,
})

/** Nothing was read of the file. False when that is because the process exited between listing and reading. */
export function refuseFile(file: FilledFile, code: string): boolean {
  file.start = file.end = 0
  file.refusal = isGone(code) ? null : code
  return !isGone(code)
}

/** The process exited between listing and reading. */
export const isGone = (code: string): boolean => code === 'ENOENT' || code === 'ESRCH'

/**
 * Visits the processes that are there: `all` ascending by PID, or those of a list in its order. One that is gone is not visited. The
 * event loop is never held up for more than 16 ms, and nothing is read after `signal` aborts, which rejects. Throws Unreadable when
 * no process at all can be had.
 */
export type ReadProcesses = (
  wanted: WantedFiles,
  pids: readonly number[] | 'all',
  visit: (process: RawProcess) => void,
  signal: AbortSignal,
) => Promise<void>
