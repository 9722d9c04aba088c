import { countOf } from '../../text/count-of'
import { underPrivileged } from '../consequences'
import { missingBecause } from '../lifecycle'
import { lowerWhenMapped } from '../root-on-host'
import type { Rule } from '../rule'

const inForceLine = (what: string, paths: readonly string[] | null): string =>
  `Kernel: ${what}: ${paths === null ? 'unknown' : paths.length === 0 ? 'none' : `${countOf(paths.length, 'path')} (${paths.join(', ')})`}`

const declaredLine = (option: string, paths: readonly string[] | null): string =>
  `Engine: ${option} ${paths === null ? 'is not set' : paths.length === 0 ? 'is empty' : `lists ${countOf(paths.length, 'path')}`}`

export const kernelPathsExposed: Rule = {
  id: 'kernel-paths-exposed',
  title: 'Kernel files below /proc and /sys are open',
  severity: 'high',
  reason: 'The engine hides files that show the kernel’s memory and keys, and makes its switches read-only. Without that, root inside can read or change the kernel that the host runs on.',
  remedy: 'Run without `--security-opt systempaths=unconfined` and without `--privileged`.',
  reference: 'moby, daemon/pkg/oci/defaults.go; proc(5)',
  check: (snapshot) => {
    const { security, container } = snapshot
    const evidence = [
      inForceLine('hidden', security.maskedPaths),
      inForceLine('read-only', security.readOnlyPaths),
      declaredLine('MaskedPaths', container.maskedPaths),
      declaredLine('ReadonlyPaths', container.readOnlyPaths),
    ]
    const isOpen = security.maskedPaths?.length === 0 || security.readOnlyPaths?.length === 0
    const isDeclaredOpen = !container.maskedPaths?.length || !container.readOnlyPaths?.length
    if (isOpen || (isDeclaredOpen && (security.maskedPaths === null || security.readOnlyPaths === null))) {
      const { severity, note } = lowerWhenMapped(snapshot, 'high')
      return underPrivileged(snapshot, { status: 'fail', severity, evidence: [...evidence, ...note] })
    }
    return security.maskedPaths === null || security.readOnlyPaths === null
      ? { status: 'unknown', because: missingBecause(snapshot, 'security'), evidence }
      : { status: 'pass', evidence }
  },
}
