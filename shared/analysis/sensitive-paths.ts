import type { Severity } from './rule'

/** Whoever writes here is root on the host at the next boot, login or kernel event. */
const CONTROLS_THE_HOST = new Set(['/', '/etc', '/root', '/proc', '/sys', '/dev', '/boot'])
const SYSTEM_FOLDERS = new Set(['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/usr', '/var', '/var/lib', '/run', '/var/run'])
const SYSTEM_SECRETS = /^\/etc\/(?:shadow|gshadow|sudoers|sudoers\.d|ssh|pam\.d|cron\.[^/]+|crontab|ld\.so\.preload)(?:\/|$)/
const KERNEL_FILES = /^\/(?:proc|sys)\//
const ENGINE_STATE = /^\/(?:var\/lib\/(?:docker|containerd|kubelet|containers|rancher)|etc\/kubernetes)(?:\/|$)/
/** The data of one named volume: meant to be mounted, although it lies below the engine's state. */
const ONE_VOLUME = /^\/var\/lib\/(?:docker|containers\/storage)\/volumes\/[^/]+\/_data(?:\/|$)/
const ALL_HOMES = /^\/(?:home|Users)(?:\/[^/]+)?$/
const PERSONAL_SECRETS = /^\/(?:root|(?:home|Users)\/[^/]+)\/(?:\.ssh|\.aws|\.azure|\.kube|\.gnupg|\.docker|\.netrc|\.config\/gcloud)(?:\/|$)/

export interface SensitivePath {
  severity: Severity
  /** True where user namespaces help: what is guarded by root's ownership. */
  isRootOwned: boolean
}

/** How bad it is that a container sees this path of the host; null for an ordinary one. */
export function sensitivityOf(hostPath: string, isReadOnly: boolean): SensitivePath | null {
  if (ONE_VOLUME.test(hostPath))
    return null
  if (CONTROLS_THE_HOST.has(hostPath))
    return { severity: isReadOnly ? 'medium' : 'critical', isRootOwned: true }
  if (ENGINE_STATE.test(hostPath))
    return { severity: isReadOnly ? 'high' : 'critical', isRootOwned: true }
  if (PERSONAL_SECRETS.test(hostPath) || ALL_HOMES.test(hostPath))
    return { severity: 'high', isRootOwned: false }
  if (SYSTEM_FOLDERS.has(hostPath) || SYSTEM_SECRETS.test(hostPath) || KERNEL_FILES.test(hostPath))
    return { severity: isReadOnly ? 'medium' : 'high', isRootOwned: true }
  return null
}
