import type { Snapshot } from '../model/snapshot'
import type { Severity } from './rule'
import { oneLower } from './severity'

/**
 * Who root inside is on the engine host, by `/proc/<pid>/uid_map` (user_namespaces(7)): `host-root` when 0 maps to 0,
 * `mapped` when it maps to another id or to none.
 */
export function rootOnHost({ users }: Snapshot): 'host-root' | 'mapped' | 'unknown' {
  if (!users.uidMap || users.uidMap.length === 0)
    return 'unknown'
  const range = users.uidMap.find(({ inside, count }) => inside === 0 && count > 0)
  return range?.onHost === 0 ? 'host-root' : 'mapped'
}

/** One level lower when root inside is an ordinary user outside, with the line of evidence that says so. */
export function lowerWhenMapped(snapshot: Snapshot, severity: Severity): { severity: Severity, note: string[] } {
  if (rootOnHost(snapshot) !== 'mapped')
    return { severity, note: [] }
  const lower = oneLower(severity)
  const note = lower === severity ? [] : [`Severity: ${lower} instead of ${severity}, because root inside is not root on the host (uid_map)`]
  return { severity: lower, note }
}
