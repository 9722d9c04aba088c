import { afterAll, beforeAll, expect, it } from 'vitest'
import { ProblemError } from '../../shared/model/problem'
import type { Snapshot } from '../../shared/model/snapshot'
import { removeAll } from '../support/containers'
import { firstPid } from '../../verify/look'
import { start } from './start'
import { take } from './take'

const POINTS = 10
/** Later than any snapshot begins to read: the first ones of a process are slower. */
const SPAN_FACTOR = 1.2

let alive: Snapshot
beforeAll(async () => {
  alive = await take((await start({ name: 'lives', flags: ['--memory=64m'] })).id)
})
afterAll(removeAll)

/** A snapshot during which the container's first process is killed, and the engine notices when it does; null: the engine has forgotten the container. */
async function takeWhileItDies(afterMs: number, isRemoved: boolean): Promise<Snapshot | null> {
  const { id } = await start({ name: 'dies', flags: ['--memory=64m', ...isRemoved ? ['--rm'] : []] })
  const hostPid = firstPid(await take(id))
  const timer = setTimeout(() => process.kill(hostPid, 'SIGKILL'), afterMs)
  try {
    return await take(id)
  }
  catch (error) {
    expect(error).toBeInstanceOf(ProblemError)
    return null
  }
  finally {
    clearTimeout(timer)
  }
}

const wordsOf = (known: unknown): string => JSON.stringify(known)

it.each([['stays', false], ['is removed', true]])('a container that dies at any moment of a snapshot and %s leaves only what is true or unknown', async (_, isRemoved) => {
  for (let point = 0; point < POINTS; point += 1) {
    const snapshot = await takeWhileItDies(alive.tookMs * SPAN_FACTOR * point / POINTS, isRemoved)
    if (snapshot === null)
      continue
    const told = snapshot.namespaces.filter(({ verdict }) => verdict !== 'unknown').map(({ type, verdict }) => `${type} ${verdict}`)
    const lived = new Set(alive.namespaces.map(({ type, verdict }) => `${type} ${verdict}`))
    expect(told.filter(words => !lived.has(words)), `point ${point}`).toEqual([])
    expect([null, 0, 1], `point ${point}`).toContain(snapshot.processCounts.inside)
    expect([null, alive.security.capabilities].map(wordsOf), `point ${point}`).toContain(wordsOf(snapshot.security.capabilities))
    expect([null, 64 * 1024 * 1024], `point ${point}`).toContain(snapshot.cgroup.memory.limitBytes)
    expect([null, 1], `point ${point}`).toContain(snapshot.users.uidMap?.length ?? null)
  }
})
