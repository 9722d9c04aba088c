import { NAMESPACE_TYPES, type NamespaceType } from '../../shared/model/namespace-type'
import type { Machine } from '../machine'
import { linesOf, wordsOf } from './run'

/** One line of `ps -e`. */
export interface PsLine {
  readonly pid: number
  readonly ppid: number
  readonly euid: number
  readonly state: string
  /** As proc_pid_cgroup(5) has it, its lines joined. */
  readonly cgroup: string
  readonly rssKibibytes: number
  readonly threads: number
  readonly cpuSeconds: number
  readonly startedAt: Date
  readonly namespaces: Readonly<Partial<Record<NamespaceType, number>>>
  /** ps(1) writes `?` for what is not printable. */
  readonly command: string
}

const NUMBERS = ['pid', 'ppid', 'euid', 'rss', 'nlwp', 'cputimes']
const COLUMNS = [...NUMBERS, 'stat', 'cgroup', ...NAMESPACE_TYPES.map(type => `${type}ns`), 'lstart', 'comm']
/** `lstart` is five words: Tue Nov 24 12:26:12 2026. */
const WORDS = COLUMNS.length + 4

/** ps cuts a column that is not the last to its usual width; a path in a control group's file system is at most as long as any (PATH_MAX). */
const formatOf = (column: string): string => column === 'cgroup' ? 'cgroup:4096=' : `${column}=`

/** Every process of this machine by procps' ps(1), but for that ps itself. */
export async function hostProcesses(machine: Machine): Promise<Map<number, PsLine>> {
  const lines = (await linesOf(machine, 'ps', '-ww', '-e', '-o', COLUMNS.map(formatOf).join(','))).map(parseLine)
  return new Map(lines.filter(line => line.command !== 'ps' || line.ppid !== process.pid).map(line => [line.pid, line]))
}

function parseLine(line: string): PsLine {
  const words = wordsOf(line, WORDS)
  const [pid = Number.NaN, ppid = Number.NaN, euid = Number.NaN, rssKibibytes = Number.NaN, threads = Number.NaN, cpuSeconds = Number.NaN] = words.map(Number)
  const inodes = NAMESPACE_TYPES.map((type, at): [NamespaceType, number] => [type, Number(words[NUMBERS.length + 2 + at])])
  return {
    pid,
    ppid,
    euid,
    rssKibibytes,
    threads,
    cpuSeconds,
    state: words[NUMBERS.length]?.slice(0, 1) ?? '',
    cgroup: words[NUMBERS.length + 1] ?? '',
    startedAt: new Date(`${words.slice(WORDS - 6, WORDS - 1).join(' ')} UTC`),
    // A dash: it may not be looked at, or is a zombie.
    namespaces: Object.fromEntries(inodes.filter(([, inode]) => Number.isInteger(inode))),
    command: (words[WORDS - 1] ?? '').replace(/ <defunct>$/, ''),
  }
}
