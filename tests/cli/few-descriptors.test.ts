import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createClient } from '../../shared/contract/client'
import type { IsoscopeClient, IsoscopeContract } from '../../shared/contract/contract'
import { ProblemError } from '../../shared/model/problem'
import { Snapshot } from '../../shared/model/snapshot'
import { judgements, turned } from '../live/expectations/judgements'
import { removeAll, startContainer, type StartedContainer } from '../support/containers'
import { ensureBusyboxImage } from '../support/test-images'
import { openSession, openSocket, pageWire, tokenOf } from '../support/web-client'
import { startIsoscope } from './run-isoscope'

/**
 * How many more descriptors than are open it may have: enough, none, and then so few that each part of a snapshot goes without in turn. The
 * last one ends the test: a program that cannot be started for want of descriptors leaves those of its pipes open (Node.js, child_process).
 */
const ROOMS = [64, 0, 1, 2, 3, 4, 5, 6, 7, 8, 12]
const ENOUGH = 1024

let container: StartedContainer
let host: ReturnType<typeof startIsoscope>
beforeAll(async () => {
  container = await startContainer({ name: 'few-descriptors', image: await ensureBusyboxImage(), flags: ['--memory=64m'], command: ['sleep', '10000'] })
  host = startIsoscope(['serve'])
})
afterAll(async () => {
  const ended = once(host, 'exit')
  host.kill('SIGKILL')
  await Promise.all([ended, removeAll()])
})

async function enter(): Promise<IsoscopeClient> {
  const links: string[] = []
  createInterface(host.stdout).on('line', line => links.push(line))
  await vi.waitUntil(() => links.length === 1, { timeout: 20_000 })
  const port = Number(new URL(links[0] ?? '').port)
  return createClient<IsoscopeContract>(pageWire(await openSocket(port, await openSession(port, tokenOf(links)))))
}

/** The soft limit of a program that runs (prlimit(1)): the number that no descriptor of it may reach. */
const limitTo = (count: number): void => void execFileSync('prlimit', [`--pid=${host.pid}`, `--nofile=${count}:`])
const openDescriptors = (): Set<number> => new Set(readdirSync(`/proc/${host.pid}/fd`).map(Number))

/** Below which number so many descriptors are free. */
function limitWithRoomFor(room: number): number {
  const open = openDescriptors()
  let limit = 0
  for (let free = 0; free < room || open.has(limit); limit += 1)
    free += open.has(limit) ? 0 : 1
  return limit
}
const countUnknown = ({ evidence, namespaces }: Snapshot): number =>
  [...Object.values(evidence), ...namespaces.map(({ source }) => source)].filter(({ unknownBecause }) => unknownBecause !== null).length

it('a host that may open no more says so or leaves it unknown, judges nothing else, and has everything again when it may', async () => {
  const client = await enter()
  const take = async (): Promise<Snapshot> => Snapshot.parse(await client.call('snapshot.take', { containerId: container.id }))
  const idleCount = openDescriptors().size
  const before = await take()
  const whole = judgements(before)
  const failures: string[] = []
  const lost: (number | string)[] = []
  for (const room of ROOMS) {
    // A connection that nothing more is asked over ends after two seconds, and another has to be opened for the next question.
    await vi.waitUntil(() => openDescriptors().size <= idleCount, { timeout: 10_000 })
    limitTo(limitWithRoomFor(room))
    const outcome = await take().catch((error: unknown) => error instanceof ProblemError ? error.problem : Promise.reject(error))
    limitTo(ENOUGH)
    lost.push('code' in outcome ? outcome.what : countUnknown(outcome) - countUnknown(before))
    if (!('code' in outcome))
      failures.push(...turned(whole, judgements(outcome)).map(what => `with room for ${room}: ${what}`))
  }
  expect(failures).toEqual([])
  // With enough nothing is lost; with none the engine cannot be reached, which is said with its reason; with a few, parts are lost.
  expect([lost[0], lost[1], lost.some(outcome => Number(outcome) > 0)]).toEqual([0, expect.stringContaining('Isoscope may open no more files'), true])
  const after = await take()
  expect([judgements(after), after.problems, countUnknown(after), host.exitCode]).toEqual([whole, [], countUnknown(before), null])
})
