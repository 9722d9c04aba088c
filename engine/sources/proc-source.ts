import type { Step } from '../../shared/model/evidence'
import type { OpenFolder } from './open-folder'
import type { ReadProcesses } from './raw-process'

/** The kernel refused a file that exists: a fact that stays unknown, never a crash. */
export class Unreadable extends Error {
  constructor(readonly path: string, readonly code: string) {
    super(`${path}: ${code === 'EACCES' || code === 'EPERM' ? 'no permission to read it' : code}`)
    this.name = 'Unreadable'
  }
}

/**
 * proc(5) of one kernel, whoever reads it. Paths are relative to its root: `1234/status`. Every method rejects with Unreadable when the
 * kernel refuses.
 */
export interface ProcSource {
  /** Which step of the ladder reads. */
  readonly step: Exclude<Step, 'engine-api'>
  /** As a person on the engine's machine writes it. */
  readonly root: string
  /** Whose view of the engine machine's files `readHostFile` has: `self/mounts` or `1/mounts` lists them. */
  readonly viewer: 'self' | '1'
  /** PIDs of the processes that are visible now, ascending. */
  readonly listPids: () => Promise<number[]>
  /** The files of many processes at once, for a scan and for what changes from second to second. */
  readonly readProcesses: ReadProcesses
  /** The whole file, one character a byte (latin1); null when it or its process is gone. */
  readonly readText: (path: string) => Promise<string | null>
  /** Names in a folder; empty when it is gone. */
  readonly listFolder: (path: string) => Promise<string[]>
  /** Where a symbolic link points, one character a byte; null when it or its process is gone. */
  readonly readLink: (path: string) => Promise<string | null>
  /** `st_ino` of what the path leads to; null when it is gone. */
  readonly inodeOf: (path: string) => Promise<number | null>
  /** A directory, also through the magic links of a process: `1234/root`, `self/root`, `1234/cwd`. */
  readonly openFolder: (path: string) => Promise<OpenFolder>
  /** A kernel's file by its absolute path on the engine's machine, as `/sys/fs/cgroup/…`; null when it is not there. */
  readonly readHostFile: (path: string) => Promise<string | null>
}
