import type { Buffer } from 'node:buffer'
import { textFromBytes } from '../parse/raw-name'
import { Unreadable } from './proc-source'

/** Refuses what is not one level: the separator, NUL, and the two names that lead elsewhere. Throws Unreadable. */
export function oneName(name: Buffer): Buffer {
  if (isElsewhere(name) || name.includes(0x2F) || name.includes(0))
    throw new Unreadable(textFromBytes(name), 'ENOENT')
  return name
}

/** Empty, `.` and `..`. */
const isElsewhere = (name: Buffer): boolean => name.length <= 2 && name.every(byte => byte === 0x2E)
