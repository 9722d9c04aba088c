import type { Evidence } from '../../shared/model/evidence'
import type { HostProcess, ProcessRow } from '../../shared/model/process'
import { hostRow, insideRow, type RowSurroundings, type UserNames } from './process-rows'
import { type Collected, known, type Scene, unknown } from './scene'
import type { ScannedProcess } from './scanned-process'
import { processesSeenBy, untoldProcesses } from './seen-processes'

export interface Processes {
  readonly processes: ProcessRow[]
  readonly hostProcesses: HostProcess[]
  readonly processCounts: { inside: number | null, host: number | null }
}

/** The container's processes and the engine machine's, out of one scan: both sides are of the same instant. */
export function collectProcesses(scene: Scene, names: UserNames): Collected<Processes> {
  const { container, scan } = scene
  const insideCommand = `docker exec ${container.name} ps -eo pid,ppid,user,stat,time,rss,args`
  const hostCommand = 'ps -eo pid,ppid,user,stat,time,rss,args'
  if (scan === null && scene.reported) {
    const { processes, isWhole, incompleteBecause } = scene.reported
    // Docker's `top` lists the container's own processes: what it can see besides is told by its declared mode alone.
    const because = incompleteBecause ?? (isWhole || container.modes.pid === '' ? null : 'it shares a PID namespace, and the engine tells only its own processes')
    const inside = because === null ? processes.length : null
    const reportedEvidence = {
      ...isWhole
        ? known('engine-api', 'as reported by Podman, which reads the container\'s /proc: GET /containers/{id}/top', `podman top ${container.name} pid ppid hpid user comm args`)
        : known('engine-api', 'as reported by the ps of the engine\'s machine: GET /containers/{id}/top', `docker top ${container.name}`),
      unknownBecause: incompleteBecause,
    }
    return {
      facts: { processes, hostProcesses: [], processCounts: { inside, host: null } },
      evidence: {
        ...everyFact(reportedEvidence, unknown('the engine does not tell the processes of its machine', hostCommand)),
        'processCounts.inside': because === null
          ? { ...reportedEvidence, detail: `${reportedEvidence.detail}; who entered from outside is not among them, nor, where they have left its control group, the dead` }
          : unknown(because, insideCommand),
      },
    }
  }
  if (!scan) {
    const because = scene.kernel.proc === null ? scene.kernel.because : 'the processes could not be listed'
    return {
      facts: { processes: [], hostProcesses: [], processCounts: { inside: null, host: null } },
      evidence: everyFact(unknown(scene.init.proc === null ? scene.init.because : because, insideCommand), unknown(because, hostCommand)),
    }
  }
  const around: RowSurroundings = { names, container, containerNames: scene.containerNames, bootedAtMs: scan.kernel.bootedAtMs }
  const facts = { hostProcesses: scan.processes.map(process => hostRow(process, around)) }
  const hostCount = scan.incompleteBecause === null ? scan.processes.length : null
  const hostEvidence = { ...known('proc', `${scene.kernel.proc?.root ?? '/proc'}/<pid>/{stat,status,cmdline,cgroup} of every PID`, hostCommand), unknownBecause: scan.incompleteBecause }
  if (container.hostPid === null) {
    return {
      facts: { ...facts, processes: [], processCounts: { inside: 0, host: hostCount } },
      evidence: everyFact(known('engine-api', 'GET /containers/{id}/json, State.Pid is 0: a container that does not run has no process', `docker top ${container.name}`), hostEvidence),
    }
  }
  if (scene.init.proc === null) {
    return {
      facts: { ...facts, processes: [], processCounts: { inside: null, host: hostCount } },
      evidence: everyFact(unknown(scene.init.because, insideCommand), hostEvidence),
    }
  }
  const init = scan.byPid.get(container.hostPid)
  if (!init) {
    return {
      facts: { ...facts, processes: [], processCounts: { inside: null, host: hostCount } },
      evidence: everyFact(unknown('its first process ended while it was being looked at', insideCommand), hostEvidence),
    }
  }
  const seen = processesSeenBy(init, scan.processes)
  const insidePids = new Map(seen.map(({ pid, nsPids }) => [pid, nsPids[init.nsPids.length - 1] ?? null]))
  // Without the inode only its own processes can be told, by their cgroup: those of the container whose namespace it joined are missing.
  const isByCgroup = init.namespaces.pid === undefined && init.nsPids.length > 1
  const untold = untoldProcesses(init, seen, scan.processes)
  const because = untold.length === 0
    ? scan.incompleteBecause
    : untold.every(({ bornIn }) => bornIn !== undefined)
    ? `the runtime was starting a program in it, and whether process ${untoldWords(untold)} has become that yet could not be told`
    : `whether ${untold.length === 1 ? 'process' : 'processes'} ${untoldWords(untold)} ${untold.length === 1 ? 'is' : 'are'} in its PID namespace too could not be told: /proc/<pid>/ns/pid may be read only by root or by who may trace the process`
  const insideEvidence = known('proc', isByCgroup
    ? `processes of ${scene.kernel.proc?.root ?? '/proc'} in the container's cgroup, and those below them`
    : `processes of ${scene.kernel.proc?.root ?? '/proc'} whose PID namespace is ${init.pid}'s or lies within it; the inside PID is their NSpid there`, insideCommand)
  return {
    facts: {
      ...facts,
      processes: seen.map(process => insideRow(process, pid => insidePids.get(pid), around)),
      processCounts: { inside: because === null ? seen.length : null, host: hostCount },
    },
    evidence: {
      ...everyFact({ ...insideEvidence, unknownBecause: because }, hostEvidence),
      ...(because === null ? {} : { 'processCounts.inside': unknown(because, insideCommand) }),
    },
  }
}

const MOST_NAMED = 5

/** By their PIDs: `4711, 4712 and 40 more`. */
function untoldWords(untold: readonly ScannedProcess[]): string {
  const named = untold.slice(0, MOST_NAMED).map(({ pid }) => pid).join(', ')
  return untold.length > MOST_NAMED ? `${named} and ${untold.length - MOST_NAMED} more` : named
}

const everyFact = (inside: Evidence, host: Evidence) =>
  ({ 'processes': inside, 'processCounts.inside': inside, 'hostProcesses': host, 'processCounts.host': host })
