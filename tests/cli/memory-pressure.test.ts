import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, rmdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { Snapshot } from '../../shared/model/snapshot'
import { removeAll, startContainer, type StartedContainer } from '../support/containers'
import { ensureBusyboxImage } from '../support/test-images'
import { PROGRAM } from './run-isoscope'

const MIB = 1024 * 1024
/** Node.js, and in it a snapshot, need more than the first and less than the last of these. */
const LIMITS_MIB = [20, 40, 60, 80, 512]
const BEFORE = 'what was here before'

/** Of control groups as this machine has them, v1 or v2 (kernel: cgroup-v1/memory.rst, cgroup-v2.rst). */
const V1 = '/sys/fs/cgroup/memory'
const [parent, limitFile] = existsSync(V1) ? [V1, 'memory.limit_in_bytes'] : ['/sys/fs/cgroup', 'memory.max']

let container: StartedContainer
let folder: string
let group: string
beforeAll(async () => {
  container = await startContainer({ name: 'cli-memory', image: await ensureBusyboxImage(), command: ['sleep', '1000'] })
})
afterAll(removeAll)
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isoscope-test-memory-'))
  group = join(parent, `isoscope-test-memory-${process.pid}`)
  await mkdir(group)
})
afterEach(async () => {
  await rmdir(group)
  await rm(folder, { recursive: true })
})

/** Writes the report over a file while there are `mib` MiB of memory for it; the signal that ended it, or none. */
async function reportWithin(mib: number, path: string): Promise<NodeJS.Signals | null> {
  await writeFile(join(group, limitFile), String(mib * MIB))
  const script = 'echo $$ > "$1/cgroup.procs" && shift && exec "$@"'
  const child = spawn('sh', ['-c', script, 'sh', group, process.execPath, PROGRAM, 'report', container.name, '-o', path], { stdio: 'ignore' })
  await once(child, 'exit')
  expect(child.exitCode ?? 0, `within ${mib} MiB`).toBe(0)
  return child.signalCode
}

it('a report that the kernel ends for want of memory leaves the file that was there, and one that is written is whole', async () => {
  const path = join(folder, 'report.json')
  const ends = new Set<NodeJS.Signals | null>()
  for (const mib of LIMITS_MIB) {
    await writeFile(path, BEFORE)
    const signal = await reportWithin(mib, path)
    ends.add(signal)
    const text = await readFile(path, 'utf8')
    if (signal === null)
      expect(Snapshot.safeParse(JSON.parse(text)).success, `within ${mib} MiB`).toBe(true)
    else
      expect([signal, text], `within ${mib} MiB`).toEqual(['SIGKILL', BEFORE])
  }
  expect(ends, 'the kernel ended one, and another had memory enough').toEqual(new Set(['SIGKILL', null]))
})
