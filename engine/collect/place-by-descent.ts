import type { RunningContainer } from './kernel-view'
import type { ScannedProcess } from './scanned-process'

/** Tells the containers of processes where control groups do not name them: those of rootless engines are in `/` on cgroup version 1. */
export interface Placer {
  /** `containerOf`: the container of a process that is not among these, as it was told before. */
  readonly placeAll: (processes: readonly ScannedProcess[], containerOf: (pid: number) => string | null) => ScannedProcess[]
  /** The process is no more: its PID may become anybody's. */
  readonly forget: (pid: number) => void
}

/** Docker's containerd-shim and Podman's conmon: they keep a container, name it among their arguments, and start what `exec` runs in it. */
const KEEPER = /^(?:containerd-shim|conmon)/

/**
 * As control groups would tell it: a container's are its first process, which the engine knows, what keepers started in its mount namespace,
 * and whatever descends from those (fork(2): a child is in its parent's group). Who entered from outside (nsenter(1)) is none of its own.
 * An orphan has another container's process for a parent where that one owns the PID namespace; its mount namespace still tells.
 */
export function createPlacer(firstProcesses: readonly RunningContainer[]): Placer {
  const idByFirst = new Map(firstProcesses.map(({ hostPid, id }) => [hostPid, id]))
  const ids = new Set(idByFirst.values())
  const idByMounts = new Map<number, string>()
  const keepers = new Map<number, { readonly id: string, readonly depth: number }>()

  function learn({ pid, comm, args, nsPids, namespaces: { mnt } }: ScannedProcess): void {
    const first = idByFirst.get(pid)
    if (first !== undefined && mnt !== undefined)
      idByMounts.set(mnt, first)
    const kept = KEEPER.test(comm) ? args.find(arg => ids.has(arg)) : undefined
    if (kept !== undefined)
      keepers.set(pid, { id: kept, depth: nsPids.length })
  }

  function idOf({ pid, ppid, containerId, nsPids, namespaces: { mnt } }: ScannedProcess, parentsId: string | null): string | null {
    const told = containerId ?? idByFirst.get(pid)
    if (told !== undefined)
      return told
    const byMounts = mnt === undefined ? undefined : idByMounts.get(mnt)
    const keeper = keepers.get(ppid)
    // A keeper's other children are the runtime and what cleans up. Where mount namespaces may not be seen, a PID namespace of its own tells.
    if (keeper !== undefined)
      return byMounts === keeper.id || (mnt === undefined && nsPids.length > keeper.depth) ? keeper.id : null
    return parentsId === null || !ids.has(parentsId) ? null : byMounts ?? parentsId
  }

  return {
    placeAll(processes, containerOf) {
      if (ids.size === 0)
        return [...processes]
      processes.forEach(learn)
      const byPid = new Map(processes.map(process => [process.pid, process]))
      const placed = new Map<number, string | null>()
      for (const process of processes) {
        const line: ScannedProcess[] = []
        for (let one: ScannedProcess | undefined = process; one !== undefined && !placed.has(one.pid); one = byPid.get(one.ppid)) {
          placed.set(one.pid, null)
          line.push(one)
        }
        for (const one of line.reverse())
          placed.set(one.pid, idOf(one, placed.get(one.ppid) ?? containerOf(one.ppid)))
      }
      return processes.map(process => ({ ...process, containerId: placed.get(process.pid) ?? null }))
    },
    forget(pid) {
      idByFirst.delete(pid)
      keepers.delete(pid)
    },
  }
}
