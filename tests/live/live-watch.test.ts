import { afterAll, expect, it } from 'vitest'
import type { LiveSample } from '../../shared/model/live'
import { removeAll } from '../support/containers'
import { docker } from '../support/docker'
import { expectBetween } from './expectations/between'
import { cgroupOf } from '../../verify/oracles/cgroup'
import { hostProcesses } from '../../verify/oracles/host-processes'
import { insideProcesses } from '../../verify/oracles/inside-processes'
import { start, untilProcesses } from './start'
import { here, testService } from './take'

afterAll(removeAll)

const arrayOf = async (samples: AsyncIterator<LiveSample[]>): Promise<LiveSample[]> => {
  const { value, done } = await samples.next()
  if (done)
    throw new Error('the samples ended')
  return value
}

const next = async (samples: AsyncIterator<LiveSample[]>): Promise<LiveSample> => {
  const [sample, ...more] = await arrayOf(samples)
  if (!sample || more.length > 0)
    throw new Error(`${more.length + (sample ? 1 : 0)} samples came at once`)
  return sample
}

it('counts as ps does, sees a process come, and ends when it is told to', async () => {
  const { id } = await start({ name: 'live-watch' })
  const hostPid = Number(await docker('inspect', '--format', '{{.State.Pid}}', id))
  const stop = new AbortController()
  const samples = testService().handlers['live.watch']({ containerId: id, everyMs: 250 }, { signal: stop.signal })[Symbol.asyncIterator]()

  expect(await arrayOf(samples)).toEqual([])
  const [cgroupBefore, before] = [await cgroupOf(here, hostPid), await hostProcesses(here)]
  const sample = await next(samples)
  const [cgroupAfter, after] = [await cgroupOf(here, hostPid), await hostProcesses(here)]
  expect(sample.inside).toBe((await insideProcesses(here, hostPid)).length)
  // Some processes come and go between two looks at a busy machine, never many.
  expectBetween(sample.host, [before.size, after.size], 25)
  expectBetween(sample.cpuSeconds, [cgroupBefore.usage.cpuSeconds, cgroupAfter.usage.cpuSeconds], 0)
  expectBetween(sample.memoryBytes, [cgroupBefore.usage.memoryBytes, cgroupAfter.usage.memoryBytes], 1024 ** 2)
  expect(sample.pids).toBe(1)

  await docker('exec', '--detach', id, 'sleep', '9999')
  await untilProcesses(id, 2)
  await next(samples)
  const later = await next(samples)
  expect({ inside: later.inside, pids: later.pids }).toEqual({ inside: 2, pids: 2 })
  expect(new Date(later.at).getTime()).toBeGreaterThan(new Date(sample.at).getTime())

  const waiting = samples.next()
  stop.abort()
  expect((await waiting).done).toBe(true)
})

it('has no sample, not zero, of a container that does not run', async () => {
  const { id } = await start({ name: 'live-stopped' })
  await docker('kill', id)
  await docker('wait', id)
  const samples = testService().handlers['live.watch']({ containerId: id, everyMs: 250 }, { signal: new AbortController().signal })[Symbol.asyncIterator]()
  expect(await arrayOf(samples)).toEqual([])
  const { at, ...values } = await next(samples)
  expect({ values, isNow: Math.abs(Date.now() - new Date(at).getTime()) < 60_000 })
    .toEqual({ values: { inside: null, host: null, cpuSeconds: null, memoryBytes: null, pids: null, readAtSeconds: null }, isNow: true })
  await samples.return?.()
})

it('keeps what it saw for the next reader, and reads nothing in between', async () => {
  const { id } = await start({ name: 'live-ring' })
  const { handlers } = testService()
  const watch = () => handlers['live.watch']({ containerId: id, everyMs: 250 }, { signal: new AbortController().signal })[Symbol.asyncIterator]()
  const first = watch()
  await arrayOf(first)
  const seen = [await next(first), await next(first), await next(first)]
  await first.return?.()
  const second = watch()
  expect(await arrayOf(second)).toEqual(seen)
  await second.return?.()
})
