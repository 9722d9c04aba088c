import type { Snapshot } from '../model/snapshot'

const NAME_LIMIT = 60

/**
 * `isoscope-<container>-<yyyymmdd-hhmm>.<extension>`, UTC; only letters, digits, point, underscore and hyphen on any system.
 * Of all `.json` files only a snapshot is Isoscope's to open, so it ends with `.isoscope.json`.
 */
export function reportFileName({ container, takenAt }: Snapshot, extension: string): string {
  const name = container.name.replace(/[^A-Za-z0-9._-]+/g, '_').slice(0, NAME_LIMIT) || container.id.slice(0, 12)
  return `isoscope-${name}-${stamp(takenAt)}.${extension === 'json' ? 'isoscope.json' : extension.replace(/[^A-Za-z0-9]/g, '')}`
}

function stamp(iso: string): string {
  const time = new Date(iso)
  if (Number.isNaN(time.getTime()))
    return 'undated'
  const digits = time.toISOString().replace(/\D/g, '')
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}`
}
