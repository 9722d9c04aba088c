import type { NamespaceType } from '../../shared/model/namespace-type'

/** The inodes that initial namespaces have on every kernel (linux/proc_ns.h); mnt and net have none on older ones. */
export const INITIAL_INODES: Readonly<Partial<Record<NamespaceType, number>>> = {
  ipc: 4026531839,
  uts: 4026531838,
  user: 4026531837,
  pid: 4026531836,
  cgroup: 4026531835,
  time: 4026531834,
}
