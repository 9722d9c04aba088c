import { formatCount } from './format-count'

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

/** Bytes in the largest binary unit of which they are a whole number: `64 MiB`, `65 KiB`, `4 231 777 B`. Two texts are equal only if the bytes are. */
export function exactBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value !== 0 && value % 1024 === 0 && unit < UNITS.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${formatCount(value)} ${UNITS[unit]}`
}
