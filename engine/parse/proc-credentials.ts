import { parseProcStatus } from './proc-status'

/** What decides who may look through a process's root (ptrace(2), "Ptrace access mode checking"): `/proc/<pid>/status`, in the reader's own ids. */
export interface ProcCredentials {
  /** Real, effective, saved, of the file system; null: not in the file. */
  readonly uids: readonly number[] | null
  readonly gids: readonly number[] | null
  /** CapPrm. */
  readonly permitted: bigint | null
  /** From the reader's PID namespace inwards; empty when it is not in the file. */
  readonly nsPids: readonly number[]
}

export function parseProcCredentials(text: string): ProcCredentials {
  const numbers = (name: string): number[] | null =>
    new RegExp(`^${name}:((?:\\t\\d+)+)$`, 'm').exec(text)?.[1]?.trim().split('\t').map(Number) ?? null
  return { uids: numbers('Uid'), gids: numbers('Gid'), permitted: parseProcStatus(text).capabilities.permitted, nsPids: numbers('NSpid') ?? [] }
}
