import type { RunningContainer } from './kernel-view'
import type { HostScan } from './scan-host'
import type { ScannedProcess } from './scanned-process'

/**
 * A container's processes where control groups do not name it: those of rootless engines are in `/` on cgroup version 1. The engine
 * knows its first process, and every container has a mount namespace of its own, which all of its processes are in
 * (mount_namespaces(7)).
 */
export function placeByMounts(scan: HostScan, firstProcesses: readonly RunningContainer[]): HostScan {
  const idByPid = new Map(firstProcesses.map(({ hostPid, id }) => [hostPid, id]))
  const idByMounts = new Map(firstProcesses.flatMap(({ hostPid, id }) => {
    const mounts = scan.byPid.get(hostPid)?.namespaces.mnt
    return mounts === undefined ? [] : [[mounts, id] as const]
  }))
  const idOf = ({ pid, namespaces }: ScannedProcess): string | null =>
    idByPid.get(pid) ?? (namespaces.mnt === undefined ? null : idByMounts.get(namespaces.mnt) ?? null)
  const processes = scan.processes.map(process => process.containerId === null ? { ...process, containerId: idOf(process) } : process)
  return { ...scan, processes, byPid: new Map(processes.map(process => [process.pid, process])) }
}
