import { formatCount } from './format-count'

const UNITS = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

/** Bytes in binary units with one digit: `512 B`, `12.3 KiB`, `120.4 MiB`. The unit changes before a number would show as 1024.0. */
export function formatBytes(bytes: number): string {
  if (Math.abs(bytes) < 1024)
    return `${formatCount(bytes)} B`
  let value = bytes / 1024
  let unit = 0
  while (Math.abs(value) >= 1023.95 && unit < UNITS.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${value.toFixed(1)} ${UNITS[unit]}`
}
