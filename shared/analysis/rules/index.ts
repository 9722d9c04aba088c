import type { Rule } from '../rule'
import { dangerousCapabilities } from './dangerous-capabilities'
import { defaultCapabilitiesKept } from './default-capabilities-kept'
import { engineSocketMounted } from './engine-socket-mounted'
import { hostCgroupNamespace } from './host-cgroup-namespace'
import { hostDevices } from './host-devices'
import { hostIpcNamespace } from './host-ipc-namespace'
import { hostMountNamespace } from './host-mount-namespace'
import { hostNetworkNamespace } from './host-network-namespace'
import { hostPidNamespace } from './host-pid-namespace'
import { hostUtsNamespace } from './host-uts-namespace'
import { joinedNamespaces } from './joined-namespaces'
import { kernelPathsExposed } from './kernel-paths-exposed'
import { lsmUnconfined } from './lsm-unconfined'
import { noCpuLimit } from './no-cpu-limit'
import { noMemoryLimit } from './no-memory-limit'
import { noNewPrivilegesOff } from './no-new-privileges-off'
import { noPidsLimit } from './no-pids-limit'
import { noUserNamespace } from './no-user-namespace'
import { portOnAllAddresses } from './port-on-all-addresses'
import { privilegedMode } from './privileged-mode'
import { runsAsRoot } from './runs-as-root'
import { seccompOff } from './seccomp-off'
import { secretsInEnvironment } from './secrets-in-environment'
import { sensitiveHostPaths } from './sensitive-host-paths'
import { sharedMountPropagation } from './shared-mount-propagation'
import { writableRoot } from './writable-root'

/** Every rule, in the order in which rules of one severity are told: the largest holes first. */
export const rules: readonly Rule[] = [
  privilegedMode,
  engineSocketMounted,
  sensitiveHostPaths,
  dangerousCapabilities,
  hostMountNamespace,
  hostPidNamespace,
  hostNetworkNamespace,
  hostIpcNamespace,
  hostUtsNamespace,
  noUserNamespace,
  joinedNamespaces,
  seccompOff,
  kernelPathsExposed,
  lsmUnconfined,
  noNewPrivilegesOff,
  hostDevices,
  sharedMountPropagation,
  runsAsRoot,
  portOnAllAddresses,
  secretsInEnvironment,
  noMemoryLimit,
  noPidsLimit,
  noCpuLimit,
  writableRoot,
  defaultCapabilitiesKept,
  hostCgroupNamespace,
]
