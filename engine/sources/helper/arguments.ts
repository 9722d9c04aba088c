import { Buffer } from 'node:buffer'
import { Unreadable } from '../proc-source'

/** A base that paths start from: a handle, or this for the root of procfs. */
export const BELOW_PROC = 0xFFFFFFFF

export function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.allocUnsafe(4 * values.length)
  values.forEach((value, index) => bytes.writeUInt32LE(value, 4 * index))
  return bytes
}

/**
 * Arguments that end in a path: one character a byte, no slash at its beginning; empty for the base itself. Throws Unreadable for levels
 * that are none: the program, which follows nothing, takes them as a sign that something is wrong, and ends.
 */
export function withPath(path: string | Buffer, ...values: readonly number[]): Buffer {
  const text = typeof path === 'string' ? path : path.toString('latin1')
  const isWrong = text !== '' && text.split('/').some(level => ['', '.', '..'].includes(level))
  if (isWrong || text.includes('\0'))
    throw new Unreadable(text, 'ENOENT')
  return Buffer.concat([numbers(...values), Buffer.from(text, 'latin1')])
}
