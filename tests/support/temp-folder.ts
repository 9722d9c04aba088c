import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

const made: string[] = []

/** An empty folder that is gone after the test file. */
export function tempFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'isoscope-test-'))
  made.push(path)
  return path
}

afterAll(() => {
  for (const path of made.splice(0))
    rmSync(path, { recursive: true, force: true })
})
