import type { ContainerDetail } from '../../shared/model/container'
import { NAMESPACE_TYPES } from '../../shared/model/namespace-type'
import type { Snapshot } from '../../shared/model/snapshot'
import { unknown } from './scene'

type Parts = Pick<Snapshot, 'namespaces' | 'processes' | 'hostProcesses' | 'processCounts' | 'files' | 'workingDirectory' | 'network' | 'hostname' | 'users' | 'cgroup' | 'security'>

/** Every part as it stands when its collector failed: unknown throughout, never empty in a way that could pass for a finding of "none". */
export const nothingCollected = (container: ContainerDetail): Parts => ({
  namespaces: NAMESPACE_TYPES.map(type => ({
    type,
    container: null,
    host: null,
    verdict: 'unknown',
    sharedWith: [],
    source: unknown('the namespaces could not be collected', `sudo readlink /proc/<pid>/ns/${type}`),
    hostSource: unknown('the namespaces could not be collected', `sudo readlink /proc/1/ns/${type}`),
  })),
  processes: [],
  hostProcesses: [],
  processCounts: { inside: null, host: null },
  files: { rootInside: null, rootHost: null, entryCount: null, sizeBytes: null, isComplete: false, sizeTree: null, changes: null, mounts: [] },
  workingDirectory: { inside: null, onHost: null },
  network: { mode: container.modes.network, inside: null, host: null, published: container.ports.filter(port => port.hostPort !== null), attached: [] },
  hostname: { inside: null, host: null },
  users: { inside: null, host: null, uidMap: null, gidMap: null, main: { uid: null, user: null, hostUid: null, hostUser: null } },
  cgroup: {
    version: null,
    path: null,
    cpu: { limitCpus: null, weight: null, usageSeconds: null, throttledSeconds: null },
    memory: { limitBytes: null, usageBytes: null, reclaimableBytes: null, peakBytes: null },
    pids: { limit: null, current: null },
  },
  security: { capabilities: null, seccomp: null, hasNoNewPrivileges: null, lsmLabel: null, isRootReadOnly: null, maskedPaths: null, readOnlyPaths: null, mountedSockets: [], devices: [] },
})
