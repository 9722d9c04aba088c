import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, expect, it, vi } from 'vitest'
import { startPrivateEngine } from '../../build/testing/private-engine.mjs'
import { connectDocker } from '../../engine/sources/docker'
import { ownerOf } from '../../engine/sources/owner'
import { temporaryImageLabels, temporaryLabels } from '../../engine/temporary/labels'
import { createClient } from '../../shared/contract/client'
import type { IsoscopeClient, IsoscopeContract } from '../../shared/contract/contract'
import { emptyPlan } from '../../shared/model/run-plan'
import { TEMPORARY_IMAGE_LABEL, TEMPORARY_LABEL } from '../../shared/model/temporary'
import { startContainer } from '../support/containers'
import { docker } from '../support/docker'
import { inventory } from '../support/inventory'
import { ensureBusyboxImage } from '../support/test-images'
import { openSession, openSocket, pageWire, tokenOf } from '../support/web-client'
import { startIsoscope } from './run-isoscope'

const KILLS = 50
/** From its link on: a toolbox takes a third of it until it runs, a build twice as long. */
const LATEST_MS = 700
const seed = Number(process.env['ISOSCOPE_SEED'] ?? Date.now() % 2 ** 31)

let engine: Awaited<ReturnType<typeof startPrivateEngine>> | undefined
let folder: string | undefined
const children: ReturnType<typeof startIsoscope>[] = []
afterAll(async () => {
  children.forEach(child => child.kill('SIGKILL'))
  await engine?.remove()
  if (folder !== undefined)
    await rm(folder, { recursive: true, force: true })
  vi.unstubAllEnvs()
})

/** mulberry32: the same numbers for the same seed. */
function randomNumbers(state: number): () => number {
  return () => {
    state = (state + 0x6D2B79F5) | 0
    let mixed = Math.imul(state ^ state >>> 15, 1 | state)
    mixed = mixed + Math.imul(mixed ^ mixed >>> 7, 61 | mixed) ^ mixed
    return ((mixed ^ mixed >>> 14) >>> 0) / 2 ** 32
  }
}

async function startHost(): Promise<{ child: ReturnType<typeof startIsoscope>, client: IsoscopeClient }> {
  const child = startIsoscope(['serve', '--allow-actions'])
  children.push(child)
  const [link] = await once(createInterface(child.stdout), 'line')
  const port = Number(new URL(String(link)).port)
  return { child, client: createClient<IsoscopeContract>(pageWire(await openSocket(port, await openSession(port, tokenOf([String(link)]))))) }
}

/** Whatever comes of it: its host is killed meanwhile. */
async function drain(items: AsyncIterable<unknown>): Promise<void> {
  const iterator = items[Symbol.asyncIterator]()
  while (!(await iterator.next()).done)
    continue
}

it(`${KILLS} kills at random moments leave nothing that the next start does not remove (ISOSCOPE_SEED=${seed})`, async () => {
  process.stdout.write(`ISOSCOPE_SEED=${seed}\n`)
  engine = await startPrivateEngine()
  vi.stubEnv('DOCKER_HOST', engine.address)
  const image = await ensureBusyboxImage()
  const { id } = await startContainer({ name: 'killed', image, flags: ['--network=none', '--stop-signal=SIGKILL'], command: ['sleep', '10000'] })
  const context = folder = await mkdtemp(join(tmpdir(), 'isoscope-killed-'))
  const before = await inventory()
  const seen = connectDocker({ origin: 'a test', address: engine.address }, process.env)
  const random = randomNumbers(seed)
  const left = { containers: 0, images: 0, shells: 0 }
  const shells = async (): Promise<number> => (await docker('top', id, '-eo', 'pid')).split('\n').length - 2
  const startedAt = performance.now()
  for (let kill = 0; kill < KILLS; kill += 1) {
    const { child, client } = await startHost()
    const owner = ownerOf(hostname(), child.pid ?? 0)
    const imageLabels = temporaryImageLabels('lab', owner).map(({ name, value }) => `${name}=${value}`)
    await writeFile(join(context, 'Dockerfile'), [`FROM ${image}`, `LABEL ${imageLabels.join(' ')}`, `RUN echo ${kill} > /made`, 'RUN echo more >> /made'].join('\n'))
    const isOver = [
      drain(client.stream('toolbox.open', { containerId: id, image, columns: 80, rows: 24 })),
      client.call('container.run', { ...emptyPlan(image), labels: temporaryLabels('lab', owner), isDetached: true, command: ['sleep', '10000'], modes: { ...emptyPlan(image).modes, network: 'none' }, mounts: [{ flag: 'volume', source: null, target: '/kept', options: [] }] }),
      drain(client.stream('shell.open', { containerId: id, shell: '/bin/sh', user: '', workingDirectory: '', columns: 80, rows: 24 })),
      drain(client.stream('image.build', { folder: context, tag: '' })),
    ].map(one => one.catch(() => {}))
    await wait(random() * LATEST_MS)
    child.kill('SIGKILL')
    await Promise.all([once(child, 'exit'), ...isOver])
    const { signal } = new AbortController()
    left.containers += (await seen.containersLabelled(TEMPORARY_LABEL, signal)).length
    left.shells += (await seen.inspect(id, signal)).ExecIDs.length
    left.images += (await seen.everyImage(signal)).filter(({ Labels }) => Labels?.[TEMPORARY_IMAGE_LABEL] !== undefined).length
  }
  const { child, client } = await startHost()
  expect(await client.call('engine.status', {})).toMatchObject({ engine: expect.anything() })
  await vi.waitFor(async () => expect(await inventory()).toEqual(before), { timeout: 20_000, interval: 100 })
  await vi.waitFor(async () => expect(await shells()).toBe(0), { timeout: 20_000, interval: 100 })
  process.stdout.write(`${KILLS} kills in ${Math.round(performance.now() - startedAt)} ms; after them ${left.containers} containers, ${left.images} images and ${left.shells} shells were counted\n`)
  expect(await docker('ps', '--all', '--quiet', '--filter', 'label=io.isoscope.temporary')).toBe('')
  expect(await docker('ps', '--all', '--quiet', '--filter', 'label=io.isoscope.helper')).toBe('')
  expect(Math.min(left.containers, left.images, left.shells)).toBeGreaterThan(0)
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
})
