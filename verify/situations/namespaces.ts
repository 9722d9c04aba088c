import type { Situation } from './situation'

/** Namespaces that are shared with the host or another container, and containers that do not run. */
export const NAMESPACE_SITUATIONS: readonly Situation[] = [
  { name: 'owner', flags: ['--ipc=shareable'], command: ['httpd', '-f', '-p', '8081'] },
  { name: 'joined-pid', flags: ['--pid=container:{other}'], beside: 'owner' },
  { name: 'joined-network', flags: ['--network=container:{other}'], beside: 'owner' },
  { name: 'joined-ipc', flags: ['--ipc=container:{other}'], beside: 'owner' },
  { name: 'joined-all', flags: ['--pid=container:{other}', '--network=container:{other}', '--ipc=container:{other}'], beside: 'owner' },
  { name: 'host-pid', flags: ['--pid=host'], needs: ['host-pid'] },
  { name: 'host-network', flags: ['--network=host'], needs: ['host-network'] },
  { name: 'host-ipc', flags: ['--ipc=host'], needs: ['host-ipc'] },
  { name: 'host-uts', flags: ['--uts=host'] },
  { name: 'host-all', flags: ['--pid=host', '--network=host', '--ipc=host', '--uts=host'], needs: ['host-pid', 'host-network', 'host-ipc'] },
  { name: 'host-users', flags: ['--userns=host'], needs: ['userns-host'] },
  { name: 'cgroup-host', flags: ['--cgroupns=host'] },
  { name: 'cgroup-private', flags: ['--cgroupns=private'] },
  { name: 'ipc-none', flags: ['--ipc=none'] },
  { name: 'ipc-private', flags: ['--ipc=private', '--shm-size=16m'] },
  { name: 'paused', flags: [], needs: ['pause'], then: [{ docker: ['pause', '{id}'] }] },
  { name: 'exited', flags: [], command: ['sh', '-c', 'echo new > /home/app/new; rm /etc/group; exit 3'], processes: null },
  { name: 'killed', flags: [], processes: null, then: [{ docker: ['kill', '{id}'] }] },
  { name: 'created', flags: [], processes: null, isOnlyCreated: true },
  { name: 'restarting', flags: ['--restart=always'], command: ['false'], processes: null, needs: ['restart'] },
]
