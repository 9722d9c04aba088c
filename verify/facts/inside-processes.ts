import { isDeepStrictEqual } from 'node:util'
import type { ProcessRow } from '../../shared/model/process'
import type { Ledger } from '../ledger'
import { firstPid, type Look, stableProcesses } from '../look'
import { idInsideOf, idMapOf } from '../oracles/id-maps'
import { hostNamespaces } from '../oracles/namespaces'
import { type InsideLine, insideProcesses, nestedPids } from '../oracles/inside-processes'
import { linesOf } from '../oracles/run'

/** ps has its own ways to print what cannot be printed, and spaces at the ends; in Podman's JSON a byte that is no text is U+FFFD: such names are not compared here. */
const isPlain = (command: string): boolean => !/\\|^ | $|\uFFFD/.test(command)

/** `/proc/sys/kernel/overflowuid`. */
const OVERFLOW_ID = 65534

export const rowsInside = (rows: readonly ProcessRow[]): InsideLine[] =>
  rows.map(({ pid, ppid, uid, command }) => ({ pid: pid ?? Number.NaN, ppid: ppid ?? Number.NaN, euid: uid ?? Number.NaN, command }))
    .sort((a, b) => a.pid - b.pid)

/**
 * What ps sees in the container's PID namespace, each process with the host's PID that `grep NSpid` gives it; in the host's PID namespace,
 * where ps cannot be kept apart from all others, what is there before and after.
 */
export async function compareInsideProcesses(look: Look, { compare }: Ledger): Promise<void> {
  const { machine, snapshot } = look
  const { processes, processCounts, evidence, container } = snapshot
  const hostPid = firstPid(snapshot)
  const because = evidence.processes.unknownBecause
  const isReported = processes.some(({ pid, hostPid: onHost }) => pid === null && onHost !== null)
  const isInHosts = look.after.processes.get(hostPid)?.namespaces.pid === (await hostNamespaces(machine).catch(() => null))?.pid
  const command = `nsenter --target ${hostPid} --pid -- unshare --mount-proc ps -eo pid,ppid,euid,comm`
  if (isReported)
    return compareReported(look, { compare, entries: [] })
  if (isInHosts) {
    const stable = stableProcesses(look)
    const isStable = new Set(stable.map(({ pid }) => pid))
    await compare({
      fact: 'processes.list',
      seen: because === null ? processes.filter(({ pid }) => isStable.has(pid ?? 0)).map(({ pid, hostPid: onHost, ppid }) => ({ pid, hostPid: onHost, ppid })) : null,
      unknownBecause: because,
      expected: () => stable.map(({ pid, ppid }) => ({ pid, hostPid: pid, ppid })).sort((a, b) => a.pid - b.pid),
      command: 'ps -eo pid,ppid',
    })
  }
  else {
    let asked: Promise<InsideLine[]> | undefined
    // ps shows ids as our own user namespace has them: the kernel's map makes them those of the container.
    const ask = async (): Promise<InsideLine[]> => {
      const map = await idMapOf(machine, hostPid, 'uid')
      return (await insideProcesses(machine, hostPid)).map(row => ({ ...row, euid: idInsideOf(map, row.euid) ?? OVERFLOW_ID }))
    }
    const inside = (): Promise<InsideLine[]> => asked ??= ask()
    const odd = new Set(processes.filter(row => !isPlain(row.command)).map(({ pid }) => pid))
    // An id that the container's user namespace does not map is the overflow id to those inside (user_namespaces(7)).
    const unmapped = new Set(processes.filter(({ uid }) => uid === null).map(({ pid }) => pid))
    // Podman's own list has the names of users, where they have one.
    const isNamed = evidence.processes.source === 'engine-api'
    const comparable = (rows: readonly InsideLine[]) => rows.map(({ pid, ppid, euid, command: name }) => ({ pid, ppid, euid: unmapped.has(pid) ? OVERFLOW_ID : euid, command: odd.has(pid) ? null : name }))
    await compare({ fact: 'processes.list', seen: because === null ? comparable(rowsInside(processes)) : null, unknownBecause: because, expected: async () => (await inside()).map(row => ({ ...row, euid: isNamed && unmapped.has(row.pid) ? OVERFLOW_ID : row.euid, command: odd.has(row.pid) ? null : row.command })), command })
    // A list that may have a gap has to be true as far as it goes.
    if (because !== null)
      await compare({ fact: 'processes.listed', seen: comparable(rowsInside(processes)), unknownBecause: null, expected: async () => comparable(await inside()), command, isSame: (seen, expected) => seen.every(row => expected.some(other => isDeepStrictEqual(row, other))) })
    await compare({ fact: 'processCounts.inside', seen: processCounts.inside, unknownBecause: evidence['processCounts.inside'].unknownBecause, expected: async () => (await inside()).length, command: `${command} | wc -l` })
  }
  await compare({
    fact: 'processes.hostPid',
    seen: because === null ? processes.map(({ pid, hostPid: onHost }) => ({ onHost, pid })).filter(({ onHost }) => look.after.processes.has(onHost ?? 0)) : null,
    unknownBecause: because,
    expected: async () => {
      const nested = await nestedPids(machine)
      const depth = (nested.get(hostPid)?.length ?? 0) - 1
      return processes.filter(({ hostPid: onHost }) => look.after.processes.has(onHost ?? 0)).map(({ hostPid: onHost, pid }) => {
        const pids = nested.get(onHost ?? 0)
        // It was there a moment ago, and is no more.
        return { onHost, pid: pids === undefined ? pid : pids[depth] ?? null }
      })
    },
    command: 'grep NSpid: /proc/[0-9]*/status',
  })
  const owners = new Map(look.after.members.flatMap(({ id, name, pids }) => [...pids].map((pid): [number, { id: string, name: string }] => [pid, { id, name }])))
  // The dead have left their control group, so docker does not list them.
  // Of a container of another engine this one's docker knows nothing.
  const isForeign = (pid: number): boolean => !owners.has(pid) && /[0-9a-f]{64}/.test(look.after.processes.get(pid)?.cgroup ?? '')
  // Podman's own list, by which a container is known through its API alone, does not tell whose a process is, and Isoscope says so.
  const isTold = ({ owner }: ProcessRow): boolean => owner !== 'unknown' || evidence.processes.source !== 'engine-api'
  const staying = processes.filter(isTold).filter(({ hostPid: onHost, state }) => state !== 'Z' && !isForeign(onHost ?? 0) && look.before.processes.has(onHost ?? 0) && look.after.processes.has(onHost ?? 0))
  await compare({
    fact: 'processes.owner',
    seen: because === null ? staying.map(({ hostPid: onHost, owner, ownerName }) => ({ onHost, owner, ownerName })) : null,
    unknownBecause: because,
    expected: () => staying.map(({ hostPid: onHost }) => {
      const owner = owners.get(onHost ?? 0)
      return { onHost, owner: owner === undefined ? 'host' : owner.id === container.id ? 'this-container' : 'other-container', ownerName: owner?.name ?? null }
    }),
    command: 'docker top',
  })
}

/** Through the engine's API: what `docker top` says, with PIDs of the engine's machine alone. */
async function compareReported({ machine, snapshot: { processes, processCounts, evidence, container } }: Look, { compare }: Ledger): Promise<void> {
  const odd = new Set(processes.filter(({ command }) => !isPlain(command)).map(({ hostPid: pid }) => pid))
  await compare({
    fact: 'processes.list',
    seen: processes.map(({ hostPid: pid, hostPpid, hostUid, command }) => ({ pid, ppid: hostPpid, uid: hostUid, command: odd.has(pid) ? null : command })).sort((a, b) => (a.pid ?? 0) - (b.pid ?? 0)),
    unknownBecause: evidence.processes.unknownBecause,
    expected: async () => {
      const lines = (await machine.docker('top', container.id, '-eo', 'pid,ppid,uid,comm')).split('\n').slice(1)
      return lines.map((line) => {
        const [, pid, ppid, uid, name = ''] = /^(\d+) +(\d+) +(\d+) +(.*)$/.exec(line.trim()) ?? []
        return { pid: Number(pid), ppid: Number(ppid), uid: Number(uid), command: odd.has(Number(pid)) ? null : name }
      }).sort((a, b) => a.pid - b.pid)
    },
    command: `docker top ${container.name} -eo pid,ppid,uid,comm`,
  })
  await compare({
    fact: 'processCounts.inside',
    seen: processCounts.inside,
    unknownBecause: evidence['processCounts.inside'].unknownBecause,
    // It is told as reported: who entered from outside, and the dead, are not among what the engine lists.
    expected: async () => (await machine.docker('top', container.id, '-eo', 'pid')).split('\n').length - 1,
    command: `docker top ${container.name}`,
  })
  await compare({
    fact: 'processCounts.inside.isReported',
    seen: processCounts.inside === null || /^as reported .* the dead$/.test(evidence['processCounts.inside'].detail),
    unknownBecause: null,
    expected: () => true,
    command: 'that number is told with its limits',
  })
  await compare({
    fact: 'processes.hostPidsExist',
    seen: processes.map(({ hostPid: pid }) => pid),
    unknownBecause: null,
    // That these are PIDs of the engine's machine, and of this container: its cgroup or its mounts say so.
    expected: async () => {
      const found = new Set(await linesOf(machine, 'ps', '-o', 'pid=', '-p', processes.map(({ hostPid: pid }) => pid).join(',')).then(lines => lines.map(Number)))
      return processes.map(({ hostPid: pid }) => pid).filter(pid => found.has(pid ?? 0))
    },
    command: 'ps -o pid= -p …',
  })
}
