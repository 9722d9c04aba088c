import type { Snapshot } from '../model/snapshot'
import { isStopped } from './lifecycle'

/** A path of the engine host that is visible inside, and who said so. */
export interface HostMount {
  hostPath: string
  destination: string
  isReadOnly: boolean
  saidBy: 'Kernel' | 'Engine'
}

/** What the engine itself puts into every container: its own name files, and the kernel's file systems. */
const MADE_BY_THE_ENGINE = /^(?:\/etc\/(?:hosts|hostname|resolv\.conf)|\/sbin\/docker-init|\/(?:proc|sys|dev)(?:\/.*)?)$/

/** Docker Desktop shows the Mac's folders to its engine below `/host_mnt`. */
const plainHostPath = (path: string): string => {
  const plain = path.replace(/^\/host_mnt(?=\/)/, '').replace(/\/+$/, '')
  return plain === '' ? '/' : plain
}

/** Every host path mounted inside, as the kernel shows it and as it was declared; one of both where they agree. */
export function hostMounts({ container, files, evidence }: Snapshot): HostMount[] {
  const saidBy = evidence['files.mounts'].source === 'proc' ? 'Kernel' : 'Engine'
  const seen = files.mounts.flatMap((mount): HostMount[] =>
    mount.hostPath === null || (!mount.isDeclared && MADE_BY_THE_ENGINE.test(mount.destination))
      ? []
      : [{ hostPath: plainHostPath(mount.hostPath), destination: mount.destination, isReadOnly: mount.isReadOnly, saidBy }])
  const declared = container.mounts
    .filter(({ type }) => type === 'bind')
    .map((mount): HostMount =>
      ({ hostPath: plainHostPath(mount.source), destination: mount.destination, isReadOnly: mount.isReadOnly, saidBy: 'Engine' }))
  return [...seen, ...declared.filter(mount => !seen.some(({ destination }) => destination === mount.destination))]
}

/** Why a mount may have been missed; null when all are known. A stopped container has those that were declared and no others. */
export const mountsUnknownBecause = (snapshot: Snapshot): string | null =>
  isStopped(snapshot) ? null : snapshot.evidence['files.mounts'].unknownBecause

export const describeHostMount = ({ hostPath, destination, isReadOnly, saidBy }: HostMount): string =>
  `${saidBy}: ${hostPath} of the host is mounted at ${destination}, ${isReadOnly ? 'read-only' : 'writable'}`
