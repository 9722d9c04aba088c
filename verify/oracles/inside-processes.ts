import type { Machine } from '../machine'
import { linesOf, wordsOf } from './run'

/** A process in the PIDs and users of its container. */
export interface InsideLine {
  readonly pid: number
  readonly ppid: number
  readonly euid: number
  readonly command: string
}

const COLUMNS = ['-eo', 'pid=,ppid=,euid=,comm=']

/**
 * Every process that the PID namespace of `hostPid` has, but for the oracle's own: this machine's ps(1) with a /proc of that namespace.
 * It needs nothing inside the container. A container in the host's PID namespace cannot be asked so.
 */
export async function insideProcesses(machine: Machine, hostPid: number): Promise<InsideLine[]> {
  return withoutOwn(await linesOf(machine, 'nsenter', `--target=${hostPid}`, '--pid', '--', 'unshare', '--mount-proc', 'ps', ...COLUMNS))
}

/** The same by the container's own ps(1), where it has procps. */
export const insideProcessesByExec = async (machine: Machine, container: string): Promise<InsideLine[]> =>
  withoutOwn((await machine.docker('exec', container, 'ps', ...COLUMNS)).split('\n'))

/** The oracle's ps is the newest process, and its parent is outside. */
function withoutOwn(lines: readonly string[]): InsideLine[] {
  const processes = lines.map((line): InsideLine => {
    const [pid, ppid, euid, command = ''] = wordsOf(line, 4)
    return { pid: Number(pid), ppid: Number(ppid), euid: Number(euid), command: command.replace(/ <defunct>$/, '') }
  })
  const own = processes.findLastIndex(({ ppid, command }) => ppid === 0 && command === 'ps')
  return processes.filter((_, at) => at !== own).sort((a, b) => a.pid - b.pid)
}

/** Host PID → PIDs from the host's namespace inwards, as `grep NSpid` finds them in all of /proc. */
export async function nestedPids(machine: Machine): Promise<Map<number, number[]>> {
  const lines = await linesOf(machine, 'sh', '-c', 'grep --no-messages NSpid: /proc/[0-9]*/status || true')
  return new Map(lines.map((line) => {
    const [, pid = '', rest = ''] = /^\/proc\/(\d+)\/status:NSpid:\s*(.*)$/.exec(line) ?? []
    return [Number(pid), rest.split(/\s+/).map(Number)]
  }))
}
