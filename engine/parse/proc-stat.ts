import type { ProcessState } from '../../shared/model/process-state'

/** USER_HZ: 100 on every architecture that Docker runs on (times(2), sysconf(_SC_CLK_TCK)). */
export const TICKS_PER_SECOND = 100

/** What Isoscope takes of `/proc/<pid>/stat` (proc_pid_stat(5)); filled anew for each process, so that a tick makes no objects. */
export interface ProcStat {
  pid: number
  /** Where `comm` lies in the bytes that were parsed: from, and before. It is as the kernel has it, and may hold any byte but NUL. */
  commStart: number
  commEnd: number
  state: ProcessState
  ppid: number
  /** It is about to end, or is a zombie: PF_EXITING of linux/sched.h. */
  isExiting: boolean
  /** User and kernel time together. */
  cpuTicks: number
  threadCount: number
  startedAtTicks: number
  rssPages: number
}

export const emptyProcStat = (): ProcStat =>
  ({ pid: 0, commStart: 0, commEnd: 0, state: '?', ppid: 0, isExiting: false, cpuTicks: 0, threadCount: 0, startedAtTicks: 0, rssPages: 0 })

const [SPACE, OPEN, CLOSE, ZERO, NINE] = [0x20, 0x28, 0x29, 0x30, 0x39]
const STATES: ReadonlyMap<number, ProcessState> = new Map((['R', 'S', 'D', 'Z', 'T', 't', 'X', 'I', 'P'] as const).map(state => [state.charCodeAt(0), state]))
const PF_EXITING = 0x4
/** `PID_MAX_LIMIT` of linux/threads.h: no PID reaches it. */
const PIDS_END = 4_194_304

/**
 * The bytes from `start` to before `end`. `comm` may hold spaces, newlines and parentheses: it ends at the last `)`. False, and
 * nothing of `into` may be used, for a line that the kernel would not write: one that is cut, or has no number where one belongs.
 */
export function parseProcStat(bytes: Uint8Array, start: number, end: number, into: ProcStat): boolean {
  let at = start
  const next = (): number => {
    const from = at
    let value = 0
    for (; at < end; at += 1) {
      const byte = bytes[at] ?? 0
      if (byte < ZERO || byte > NINE)
        break
      value = value * 10 + (byte - ZERO)
    }
    // A number that nothing follows may have been cut.
    if (at === from || at >= end || bytes[at] !== SPACE)
      return Number.NaN
    at += 1
    return value
  }
  const skip = (fields: number): void => {
    for (let left = fields; left > 0 && at < end; at += 1) {
      if (bytes[at] === SPACE)
        left -= 1
    }
  }

  into.pid = next()
  let close = end - 1
  while (close > at && bytes[close] !== CLOSE)
    close -= 1
  if (bytes[at] !== OPEN || close <= at)
    return false
  into.commStart = at + 1
  into.commEnd = close
  into.state = STATES.get(bytes[close + 2] ?? 0) ?? '?'
  at = close + 4
  if (bytes[close + 1] !== SPACE || bytes[close + 2] === SPACE || bytes[close + 3] !== SPACE)
    return false
  into.ppid = next() // field 4
  skip(4)
  const flags = next() // 9
  into.isExiting = (flags & PF_EXITING) !== 0
  skip(4)
  into.cpuTicks = next() + next() // 14 and 15
  skip(4)
  into.threadCount = next() // 20
  skip(1)
  into.startedAtTicks = next() // 22
  skip(1)
  into.rssPages = next() // 24
  return into.pid > 0 && into.pid < PIDS_END && into.ppid < PIDS_END
    && !Number.isNaN(flags + into.cpuTicks + into.threadCount + into.startedAtTicks + into.rssPages)
}

/** The line of one process, each character a byte of it (latin1); null for one that the kernel would not write, and for none. */
export function oneProcStat(line: string | null): Readonly<ProcStat> & { readonly comm: string } | null {
  const [bytes, stat] = [Buffer.from(line ?? '', 'latin1'), emptyProcStat()]
  return parseProcStat(bytes, 0, bytes.length, stat) ? { ...stat, comm: bytes.toString('latin1', stat.commStart, stat.commEnd) } : null
}
