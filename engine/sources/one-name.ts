import { Buffer } from 'node:buffer'
import { textFromBytes } from '../parse/raw-name'
import { Unreadable } from './proc-source'

/** Refuses what is not one level: the separator, NUL, and the two names that lead elsewhere. Throws Unreadable. */
export function oneName(name: Buffer): Buffer {
  const isElsewhere = name.length === 0 || name.equals(Buffer.from('.')) || name.equals(Buffer.from('..'))
  if (isElsewhere || name.includes(0x2F) || name.includes(0))
    throw new Unreadable(textFromBytes(name), 'ENOENT')
  return name
}
