import { spawn } from 'node:child_process'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { scanHost } from '../../engine/collect/scan-host'
import { localProc } from '../../engine/sources/local-proc'
import { tempFolder } from '../support/temp-folder'
import { linesOf } from '../../verify/oracles/run'
import { here } from './take'

const SCANS = 1500
/** Two programs take the same PID by turns, as fast as a shell can: `ns_last_pid` (pid_namespaces(7)) says which is next. */
const script = (folder: string): string => `
mount -t proc proc /proc
while :; do
  for name in aaa bbb; do
    echo 99 > /proc/sys/kernel/ns_last_pid
    ${folder}/$name 0.001 &
    wait
  done
done`

let namespace: ReturnType<typeof spawn>
let root: string
beforeAll(async () => {
  const folder = tempFolder()
  for (const name of ['aaa', 'bbb'])
    copyFileSync('/bin/sleep', join(folder, name))
  namespace = spawn('unshare', ['--pid', '--mount', '--fork', '--kill-child', 'bash', '-c', script(folder)], { stdio: 'ignore' })
  const child = await vi.waitUntil(async () => (await linesOf(here, 'sh', '-c', `ps -o pid= --ppid ${namespace.pid} || true`))[0]?.trim(), { timeout: 10_000 })
  root = `/proc/${child}/root/proc`
})
afterAll(() => {
  namespace.kill('SIGKILL')
})

it('never shows one process with the command line of another that had its PID before or after', async () => {
  const seen = new Map<string, number>()
  for (let count = 0; count < SCANS; count += 1) {
    const { byPid } = await scanHost(localProc(root), () => false, new AbortController().signal)
    const process = byPid.get(100)
    const program = process?.args[0]?.split('/').at(-1)
    const key = `${process?.comm} ${program}`
    seen.set(key, (seen.get(key) ?? 0) + 1)
  }
  expect({ both: [seen.has('aaa aaa'), seen.has('bbb bbb')], mixed: [seen.get('aaa bbb') ?? 0, seen.get('bbb aaa') ?? 0] })
    .toEqual({ both: [true, true], mixed: [0, 0] })
})
