import { readFileSync } from 'node:fs'
import type { z } from 'zod'
import { saveFile } from '../engine/save-file'

/** Far more than any of these files needs. */
const MAX_CHARACTERS = 1024 * 1024

/** What was kept: `missing` on the first start, `broken` when the file is there and is not what it should be. */
export type Kept<T> = { state: 'read', value: T } | { state: 'missing' } | { state: 'broken' }

/** Reads a small JSON file of this program's own; a person may have edited it, so it is parsed as a stranger's. */
export function readKept<T extends z.ZodType>(path: string, schema: T): Kept<z.output<T>> {
  try {
    const text = readFileSync(path, 'utf8')
    const parsed = schema.safeParse(text.length > MAX_CHARACTERS ? undefined : JSON.parse(text))
    return parsed.success ? { state: 'read', value: parsed.data } : { state: 'broken' }
  }
  catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? { state: 'missing' } : { state: 'broken' }
  }
}

/** Writes the file one change after another, so that the last one is what stays. Rejects with saveFile's ProblemError. */
export function createKeeper(path: string): (value: unknown) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve()
  return (value) => {
    const saved = last.then(() => saveFile(path, `${JSON.stringify(value, null, 2)}\n`))
    last = saved.catch(() => {})
    return saved
  }
}
