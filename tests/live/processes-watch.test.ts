import { spawn } from 'node:child_process'
import { afterAll, expect, it } from 'vitest'
import type { ProcessTick } from '../../shared/model/live'
import { removeAll } from '../support/containers'
import { docker } from '../support/docker'
import { hostProcesses } from '../../verify/oracles/host-processes'
import { insideProcesses } from '../../verify/oracles/inside-processes'
import { start, untilProcesses } from './start'
import { here, take, testService } from './take'

afterAll(removeAll)

const LIMIT_MS = 20_000
type Scope = 'container' | 'host'

/** What a page knows after each tick: rows of both sides by process. */
function watch(containerId: string, scope: Scope) {
  const stop = new AbortController()
  const ticks = testService().handlers['processes.watch']({ containerId, scope, everyMs: 250, visible: [] }, { signal: stop.signal })[Symbol.asyncIterator]()
  const inside = new Map<string, ProcessTick['arrived']['inside'][number]>()
  const host = new Map<string, ProcessTick['arrived']['host'][number]>()

  async function next(): Promise<ProcessTick> {
    const { value: tick, done } = await ticks.next()
    if (done)
      throw new Error('the ticks ended')
    if (tick.isWhole)
      [inside, host].forEach(rows => rows.clear())
    for (const key of tick.left.map(left => left.join(' ')))
      [inside, host].forEach(rows => rows.delete(key))
    tick.arrived.inside.forEach(row => inside.set(`${row.hostPid} ${row.startedAtTicks}`, row))
    tick.arrived.host.forEach(row => host.set(`${row.pid} ${row.startedAtTicks}`, row))
    for (const [pid, startedAtTicks, state, cpuSeconds, rssBytes, threadCount] of tick.changed) {
      for (const rows of [inside, host]) {
        const row = rows.get(`${pid} ${startedAtTicks}`)
        if (row)
          Object.assign(row, { state, cpuSeconds, rssBytes, threadCount })
      }
    }
    return tick
  }

  async function until(isIt: () => boolean): Promise<void> {
    for (const endsAt = performance.now() + LIMIT_MS; !isIt();) {
      if (performance.now() > endsAt)
        throw new Error(`it was not so within ${LIMIT_MS / 1000} s: ${JSON.stringify([...inside.values()])}`)
      await next()
    }
  }

  return { inside, host, next, until, stop: () => stop.abort(), isEnded: async () => (await ticks.next()).done === true }
}

const hostPidOf = async (id: string): Promise<number> => Number(await docker('inspect', '--format', '{{.State.Pid}}', id))
const asInside = (rows: Iterable<{ pid: number | null, ppid: number | null, hostUid: number | null, command: string }>) =>
  [...rows].map(({ pid, ppid, hostUid, command }) => ({ pid, ppid, euid: hostUid, command })).sort((a, b) => (a.pid ?? 0) - (b.pid ?? 0))

it.each<Scope>(['container', 'host'])('brings every row first, then who comes, becomes another program and goes (%s)', async (scope) => {
  const { id } = await start({ name: `ticks-${scope}`, command: ['sh', '-c', 'sleep 10001 & wait'], processes: 2 })
  const hostPid = await hostPidOf(id)
  const page = watch(id, scope)
  expect((await page.next()).isWhole).toBe(true)
  expect(asInside(page.inside.values())).toEqual(await insideProcesses(here, hostPid))

  await docker('exec', '--detach', id, 'sh', '-c', 'sleep 1; exec tail -f /dev/null')
  await page.until(() => [...page.inside.values()].some(({ command }) => command === 'sh' && page.inside.size === 4))
  await page.until(() => [...page.inside.values()].some(({ command }) => command === 'tail'))
  await page.until(() => page.inside.size === 3)
  expect(asInside(page.inside.values())).toEqual(await insideProcesses(here, hostPid))
  const all = await hostProcesses(here)
  expect([...page.inside.values()].every(row => all.has(row.hostPid ?? 0))).toBe(true)
  expect([...page.host.values()].filter(({ containerId }) => containerId === id).length).toBe(scope === 'host' ? 3 : 0)

  process.kill([...page.inside.values()].find(({ command }) => command === 'tail')?.hostPid ?? Number.NaN, 'SIGKILL')
  await page.until(() => page.inside.size === 2)
  page.stop()
  expect(await page.isEnded()).toBe(true)
})

it('is the same as a snapshot, row by row', async () => {
  const { id } = await start({ name: 'ticks-rows', command: ['sh', '-c', 'sleep 10001 & sleep 10002 & wait'], processes: 3 })
  const page = watch(id, 'host')
  await page.next()
  const snapshot = await take(id)
  page.stop()
  expect([...page.inside.values()].sort((a, b) => (a.pid ?? 0) - (b.pid ?? 0))).toEqual(snapshot.processes)
})

it('moves the numbers of what works', async () => {
  const { id } = await start({ name: 'ticks-busy', command: ['sh', '-c', 'while :; do :; done'] })
  const page = watch(id, 'container')
  await page.next()
  const [row] = page.inside.values()
  const before = row?.cpuSeconds ?? 0
  await page.until(() => ([...page.inside.values()][0]?.cpuSeconds ?? 0) > before + 0.3)
  page.stop()
})

it('finds who entered from outside, where the container\'s own cgroup does not name them', async () => {
  const { id } = await start({ name: 'ticks-entered' })
  const page = watch(id, 'container')
  await page.next()
  const entered = spawn('nsenter', [`--target=${await hostPidOf(id)}`, '--pid', 'sleep', '10003'], { stdio: 'ignore' })
  await page.until(() => [...page.inside.values()].some(({ args, owner }) => args[1] === '10003' && owner === 'host'))
  entered.kill('SIGKILL')
  const row = [...page.inside.values()].find(({ args }) => args[1] === '10003')
  if (row?.hostPid)
    process.kill(row.hostPid, 'SIGKILL')
  await page.until(() => page.inside.size === 1)
  page.stop()
})

it('begins anew when the container does', async () => {
  const { id } = await start({ name: 'ticks-restart' })
  const page = watch(id, 'container')
  await page.next()
  const [before] = page.inside.keys()
  await docker('kill', id)
  await page.until(() => page.inside.size === 0)
  await docker('start', id)
  await untilProcesses(id, 1)
  await page.until(() => page.inside.size === 1)
  expect([...page.inside.keys()]).not.toEqual([before])
  page.stop()
})
