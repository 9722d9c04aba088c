import { reachesEngineSocket } from '../engine-sockets'
import { describeHostMount, hostMounts, mountsUnknownBecause } from '../host-mounts'
import { isStopped } from '../lifecycle'
import type { Rule } from '../rule'

export const engineSocketMounted: Rule = {
  id: 'engine-socket-mounted',
  title: 'A container engine’s socket can be reached',
  severity: 'critical',
  reason: 'Whoever reaches the engine’s socket can start a privileged container, and so is root on the host. A read-only mount does not stop a connection.',
  remedy: 'Remove the mount (`-v /var/run/docker.sock:…`, compose `volumes:`). Where the API is needed, put a proxy that allows single calls in front of it.',
  reference: 'Docker documentation, “Docker daemon attack surface”; CIS Docker Benchmark',
  check: (snapshot) => {
    const mounts = hostMounts(snapshot).filter(({ hostPath }) => reachesEngineSocket(hostPath))
    const sockets = snapshot.security.mountedSockets.filter(socket =>
      socket.isEngineSocket && !mounts.some(({ destination }) => destination === socket.destination))
    const evidence = [
      ...mounts.map(describeHostMount),
      ...sockets.map(({ hostPath, destination }) => `Kernel: the socket ${hostPath} of the host is at ${destination}`),
    ]
    if (evidence.length > 0)
      return { status: 'fail', evidence }
    const because = mountsUnknownBecause(snapshot) ?? (isStopped(snapshot) ? null : snapshot.evidence.security.unknownBecause)
    return because === null
      ? { status: 'pass', evidence: ['No engine socket, and no folder that holds one, is among the mounts'] }
      : { status: 'unknown', because, evidence: ['Engine: no such mount was declared'] }
  },
}
