import type { HostProcess } from '../../shared/model/process'
import type { Ledger } from '../ledger'
import { type Look, stableMembers, stableProcesses, type Surroundings } from '../look'
import type { PsLine } from '../oracles/host-processes'

/**
 * ps has its own ways to print what cannot be printed, and spaces at the ends, so such names are not compared here
 * (weird-processes.test.ts does it with their bytes). A kernel worker is renamed with every piece of work: only its own name is compared.
 */
const comparable = (command: string): string => command.replace(/^(kworker\/[^-+]*).*$/, '$1')
const isPlain = (row: HostProcess | undefined): boolean => row === undefined || !/\\|^ | $/.test(row.command)

const fromRow = (row: HostProcess) => ({ pid: row.pid, ppid: row.ppid, uid: row.uid, command: isPlain(row) ? comparable(row.command) : null })

const fromPs = (rows: ReadonlyMap<number, HostProcess>) => ({ pid, ppid, euid, command }: PsLine) =>
  ({ pid, ppid, uid: euid, command: isPlain(rows.get(pid)) ? comparable(command) : null })

const byPid = (a: { pid: number }, b: { pid: number }): number => a.pid - b.pid

/** The same processes as `ps -e`, apart from those that started or ended meanwhile; whose they are as `docker top` says. */
export async function compareHostProcesses(look: Look, { compare }: Ledger): Promise<void> {
  const { snapshot: { hostProcesses, processCounts, evidence }, before, after } = look
  const because = evidence.hostProcesses.unknownBecause
  const isKnown = because === null
  const stable = stableProcesses(look)
  const rows = new Map(hostProcesses.map(row => [row.pid, row]))
  const isStable = new Set(stable.map(({ pid }) => pid))
  const command = 'ps -eo pid,ppid,euid,comm'
  await compare({ fact: 'hostProcesses.list', seen: isKnown ? hostProcesses.filter(({ pid }) => isStable.has(pid)).map(fromRow) : null, unknownBecause: because, expected: () => stable.map(fromPs(rows)).sort(byPid), command })
  await compare({ fact: 'processCounts.host', seen: processCounts.host, unknownBecause: evidence['processCounts.host'].unknownBecause, expected: () => hostProcesses.length, command })
  await compare({
    fact: 'hostProcesses.started',
    // One that ps saw at neither moment has to have started since the first: by the clock, ticks and boot time both rounded down.
    seen: isKnown ? hostProcesses.filter(({ pid, startedAt }) => !isThere(before, pid) && !isThere(after, pid) && new Date(startedAt ?? 0).getTime() < before.at.getTime() - 2000).map(({ pid }) => pid) : null,
    unknownBecause: because,
    expected: () => [],
    command,
  })
  const owners = new Map(stableMembers(look).flatMap(({ id, pids }) => [...pids].map((pid): [number, string] => [pid, id])))
  const owned = hostProcesses.filter(({ pid }) => owners.has(pid) && isStable.has(pid))
  await compare({
    fact: 'hostProcesses.containerId',
    seen: isKnown ? owned.map(({ pid, containerId }) => [pid, containerId]) : null,
    unknownBecause: because,
    expected: () => owned.map(({ pid }) => [pid, owners.get(pid)]),
    command: 'docker top',
  })
}

/** Somebody else's helper container is an Isoscope's own business, and may be told. */
const isThere = ({ processes, helperPids }: Surroundings, pid: number): boolean => processes.has(pid) || helperPids.has(pid)

interface Measured { pid: number | null, startedAt: string | null, cpuSeconds: number | null, rssBytes: number | null, threadCount: number | null }

/** Start, memory, threads and processor time of the container's own processes, as ps has them. */
export async function compareMeasures({ snapshot, before, after }: Look, { compare }: Ledger): Promise<void> {
  // Podman's own list does not tell whose a process is: there it is the oracle who does. Others of the machine's take and give back memory meanwhile.
  const ownPids = after.members.find(({ id }) => id === snapshot.container.id)?.pids
  const own = snapshot.processes.filter(({ owner, hostPid }) => {
    const later = after.processes.get(hostPid ?? 0)
    return (owner === 'this-container' || (owner === 'unknown' && ownPids?.has(hostPid ?? 0))) && later !== undefined && later.command === before.processes.get(later.pid)?.command
  })
  const isRight = ({ pid, startedAt, cpuSeconds, rssBytes, threadCount }: Measured): boolean => {
    const [earlier, later] = [before, after].map(({ processes }) => processes.get(pid ?? 0))
    if (!earlier || !later)
      return false
    // `lstart` is a whole second, and so is the moment of boot that a start is counted from; `cputimes` is cut to whole seconds.
    // The kernel adds up its counters of each processor from time to time, and the program runs on: 1 MiB either way.
    const [least, most] = [Math.min(earlier.rssKibibytes, later.rssKibibytes) * 1024, Math.max(earlier.rssKibibytes, later.rssKibibytes) * 1024]
    return (startedAt === null || Math.abs(new Date(startedAt).getTime() - later.startedAt.getTime()) <= 1000)
      && (cpuSeconds === null || (cpuSeconds >= earlier.cpuSeconds && cpuSeconds < later.cpuSeconds + 1))
      && (rssBytes === null || (rssBytes >= least - 1024 ** 2 && rssBytes <= most + 1024 ** 2))
      && (threadCount === null || [earlier.threads, later.threads].includes(threadCount))
  }
  await compare<Measured[], (PsLine | undefined)[]>({
    fact: 'processes.measures',
    seen: snapshot.evidence.processes.unknownBecause === null
      ? own.map(({ hostPid, startedAt, cpuSeconds, rssBytes, threadCount }) => ({ pid: hostPid, startedAt, cpuSeconds, rssBytes, threadCount }))
      : null,
    unknownBecause: snapshot.evidence.processes.unknownBecause,
    expected: () => own.map(({ hostPid }) => after.processes.get(hostPid ?? 0)),
    command: 'ps -eo pid,lstart,cputimes,rss,nlwp',
    isSame: seen => seen.every(isRight),
  })
}
