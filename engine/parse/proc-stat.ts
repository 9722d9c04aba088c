import { ProcessState } from '../../shared/model/process'

/** USER_HZ: 100 on every architecture that Docker runs on (times(2), sysconf(_SC_CLK_TCK)). */
export const TICKS_PER_SECOND = 100

export interface ProcStat {
  readonly pid: number
  /** As the kernel has it, one character a byte. */
  readonly comm: string
  readonly state: ProcessState
  readonly ppid: number
  readonly cpuSeconds: number
  readonly threadCount: number
  readonly startedAtTicks: number
}

/**
 * `/proc/<pid>/stat` (proc_pid_stat(5)). `comm` may hold spaces, newlines and parentheses: it ends at the last `)`.
 * Null for a line that the kernel would not write.
 */
export function parseProcStat(text: string): ProcStat | null {
  const open = text.indexOf(' (')
  const close = text.lastIndexOf(')')
  if (open < 1 || close < open)
    return null
  const fields = text.slice(close + 2).split(' ')
  const number = (field: number): number => Number(fields[field - 3] ?? Number.NaN)
  const state = ProcessState.safeParse(fields[0])
  const stat: ProcStat = {
    pid: Number(text.slice(0, open)),
    comm: text.slice(open + 2, close),
    state: state.success ? state.data : '?',
    ppid: number(4),
    cpuSeconds: (number(14) + number(15)) / TICKS_PER_SECOND,
    threadCount: number(20),
    startedAtTicks: number(22),
  }
  const isWhole = [stat.pid, stat.ppid, stat.cpuSeconds, stat.threadCount, stat.startedAtTicks].every(value => Number.isFinite(value) && value >= 0)
  return isWhole && stat.pid > 0 ? stat : null
}
