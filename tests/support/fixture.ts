import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A captured file as the kernel wrote it, one character a byte. */
export const fixture = (path: string): string => readFileSync(join(import.meta.dirname, '../fixtures', path), 'latin1')
