import { checkHostNamespace } from '../namespaces'
import type { Rule } from '../rule'

export const hostIpcNamespace: Rule = {
  id: 'host-ipc-namespace',
  title: 'The container uses the host’s shared memory',
  severity: 'medium',
  reason: 'In the host’s IPC namespace a process can read and change shared memory and message queues of host programs, such as databases and display servers. The kernel checks only their owner.',
  remedy: 'Run without `--ipc=host` (compose: remove `ipc: host`). If the default 64 MiB of shared memory is too little, use `--shm-size`.',
  reference: 'ipc_namespaces(7); CIS Docker Benchmark',
  check: snapshot => checkHostNamespace(snapshot, 'ipc', 'IpcMode', snapshot.container.modes.ipc),
}
