import { createHash } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { oneProcStat } from '../parse/proc-stat'

/** Who makes containers and images for a while: one process of one computer. */
export interface Owner {
  /**
   * For the label: the computer, told from others by a digest of its name, and the PID. On Linux also a digest of what tells this system and its PID
   * namespace from others of that name, and when the process began: another program with the same PID is not taken for it. Versions before that know the first two.
   */
  readonly token: string
  readonly lookAt: LookAtProcess
}

/** A process that is there: where, and its start in clock ticks since boot, `5bce98f73f3e-8812345`; null where nobody tells (no Linux, or hidden). */
interface SeenProcess { readonly begun: string | null }
/** Null: no process of this computer has that PID. */
export type LookAtProcess = (pid: number) => SeenProcess | null

/** `elsewhere`: it is on another computer, or in another PID namespace of this one, or that is not said; whether it runs is not known here. */
type Holder = 'runs' | 'ended' | 'elsewhere'

export function ownerOf(hostname: string, pid: number, lookAt: LookAtProcess = lookAtProcess): Owner {
  const begun = lookAt(pid)?.begun ?? null
  return { token: [digest(hostname), pid, ...begun === null ? [] : [begun]].join(':'), lookAt }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12)

function lookAtProcess(pid: number): SeenProcess | null {
  if (!isThere(pid))
    return null
  try {
    const stat = oneProcStat(readFileSync(`/proc/${pid}/stat`, 'latin1'))
    if (stat === null)
      return { begun: null }
    // One that has ended and that nobody has waited for keeps its PID.
    return stat.state === 'Z' || stat.state === 'X' ? null : { begun: `${digest(systemId() + readlinkSync('/proc/self/ns/pid'))}-${stat.startedAtTicks}` }
  }
  catch {
    return { begun: null }
  }
}

/** machine-id(5), which not every system has. The PID namespace of a system's first process has the same inode on all of them (linux/proc_ns.h). */
function systemId(): string {
  try {
    return readFileSync('/etc/machine-id', 'utf8').trim()
  }
  catch {
    return ''
  }
}

/** Signal 0 is none, but a process that may not be sent one is there too (kill(2)). */
function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  }
  catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
  }
}

/** What became of the process that put this token on something; undefined: there is none on it. */
export function holderOf(token: string | undefined, owner: Owner): Holder {
  const [computer, pid, begun] = token?.split(':') ?? []
  const [ownComputer, , ownBegun] = owner.token.split(':')
  if (computer !== ownComputer || !/^\d+$/.test(pid ?? '') || (begun !== undefined && placeOf(begun) !== placeOf(ownBegun)))
    return 'elsewhere'
  const seen = owner.lookAt(Number(pid))
  return seen !== null && (begun === undefined || seen.begun === null || seen.begun === begun) ? 'runs' : 'ended'
}

/** The token without the computer's name, for where a stranger can read it; empty where the rest says too little. */
export function processOf({ token }: Owner): string {
  const [, pid, begun] = token.split(':')
  return begun === undefined ? '' : `${pid}:${begun}`
}

/** The same as `holderOf`, of what `processOf` gave. */
export const holderOfProcess = (process: string | undefined, owner: Owner): Holder =>
  process?.includes(':') ? holderOf(`${owner.token.split(':')[0]}:${process}`, owner) : 'elsewhere'

const placeOf = (begun: string | undefined): string | undefined => begun?.split('-')[0]
