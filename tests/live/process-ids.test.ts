import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { parseProcStatusIds, type ProcStatusIds } from '../../engine/parse/proc-status-ids'
import { localProcesses } from '../../engine/sources/local-processes'
import { tempFolder } from '../support/temp-folder'

const NOBODY = 65534
const started: ChildProcess[] = []
afterEach(async () => {
  await Promise.all(started.splice(0).map(async (child) => {
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }))
})

function start(program: string, ...args: string[]): number {
  const child = spawn(program, args, { stdio: 'ignore' })
  started.push(child)
  return child.pid ?? 0
}

/** What the local reader knew without `status`, by PID. */
async function idsWithoutStatus(): Promise<Map<number, ProcStatusIds>> {
  const found = new Map<number, ProcStatusIds>()
  await localProcesses('/proc')('everything', 'all', ({ pid, ids }) => {
    if (ids !== null)
      found.set(pid, ids)
  }, AbortSignal.timeout(10_000))
  return found
}

function statusIds(pid: number): ProcStatusIds | null {
  try {
    const bytes = readFileSync(`/proc/${pid}/status`)
    return parseProcStatusIds(bytes, 0, bytes.length)
  }
  catch {
    return null // it ended meanwhile
  }
}

describe('who a process is, without its status', () => {
  it('is what status says, of every process of this machine', async () => {
    let compared = 0
    for (const [pid, ids] of await idsWithoutStatus()) {
      const said = statusIds(pid)
      if (said === null)
        continue
      compared += 1
      expect({ pid, ...ids }).toEqual({ pid, ...said })
    }
    expect(compared).toBeGreaterThan(10)
  })

  it('is its effective user also where its files are root\'s: it does not let itself be dumped', async () => {
    const folder = tempFolder()
    chmodSync(folder, 0o777)
    // ssh-agent(1) forbids it (prctl(2), PR_SET_DUMPABLE).
    const pid = start('setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', 'ssh-agent', '-D', '-a', join(folder, 'agent'))
    await vi.waitUntil(() => statSync(`/proc/${pid}`).uid === NOBODY && statSync(`/proc/${pid}/stat`).uid === 0)
    expect((await idsWithoutStatus()).get(pid)).toEqual({ effectiveUid: NOBODY, nsPids: [pid] })
  })

  it('is left to status for what is in a PID namespace further in', async () => {
    const pid = start('unshare', '--pid', '--fork', '--kill-child', 'sleep', '1000')
    const sleeper = await vi.waitUntil(() => Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')) || null)
    const found = await idsWithoutStatus()
    expect([found.has(pid), found.has(sleeper), statusIds(sleeper)?.nsPids]).toEqual([true, false, [sleeper, 1]])
  })
})
