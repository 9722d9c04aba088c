import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { hostname } from 'node:os'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { createHelper, type Helper } from '../../../engine/helper'
import { connectDocker } from '../../../engine/sources/docker'
import { removeHelperContainer } from '../../../engine/sources/helper/container'
import { helperImage } from '../../../engine/sources/helper/image'
import { ownerOf } from '../../../engine/sources/owner'
import { OWNER_LABEL } from '../../../engine/sources/action-gate'
import { removeAll, type StartedContainer } from '../../support/containers'
import { docker } from '../../support/docker'
import { ENGINE_SOCKET } from '../../support/engine-socket'
import { startRefusingProxy } from '../../support/refusing-proxy'
import { openTestHelper, testEngine, testOwner } from '../../support/helper'
import { start } from '../start'

const HOLDER = fileURLToPath(new URL('../../support/hold-helper.mjs', import.meta.url))
const engine = testEngine()
const soon = (): AbortSignal => AbortSignal.timeout(30_000)

const helpers: Helper[] = []
const children: ChildProcess[] = []
let container: StartedContainer
beforeAll(async () => { container = await start({ name: 'helper-life' }) })
afterEach(async () => {
  for (const child of children.splice(0))
    child.kill('SIGKILL')
  await Promise.all(helpers.splice(0).map(helper => helper.end()))
})
afterAll(removeAll)

function newHelper(): Helper {
  const helper = createHelper({ owner: testOwner(), now: () => new Date() })
  helpers.push(helper)
  return helper
}

/** Helper containers as docker has them, with those that others started meanwhile. */
const listed = async (): Promise<string[]> => (await docker('ps', '--all', '--quiet', '--no-trunc', '--filter', 'label=io.isoscope.helper')).split('\n').filter(id => id !== '')

const untilGone = (id: string): Promise<unknown> => vi.waitUntil(async () => !(await listed()).includes(id), { timeout: 10_000, interval: 50 })

it('does not run without leave', async () => {
  const helper = newHelper()
  expect(await helper.open(engine, soon())).toBeNull()
  expect(await helper.status(engine, soon())).toEqual({ state: 'off', because: expect.any(String), engineId: await docker('info', '--format', '{{.ID}}'), containerId: null })
  helper.permit(['another engine'])
  expect(await helper.open(engine, soon())).toBeNull()
})

it('runs once, whoever needs it, when it is needed', async () => {
  const helper = newHelper()
  helper.permit([await docker('info', '--format', '{{.ID}}')])
  expect(await helper.status(engine, soon())).toMatchObject({ state: 'ready', containerId: null })
  const [one, other] = await Promise.all([helper.open(engine, soon()), helper.open(engine, soon())])
  const { state, containerId } = await helper.status(engine, soon())
  expect([one === other, state, (await listed()).filter(id => id === containerId).length]).toEqual([true, 'running', 1])
  expect(await one?.readText('self/comm')).toBe('isoscope-helper\n')
})

it('is no container among the others', async () => {
  const helper = newHelper()
  helper.permit('every')
  await helper.open(engine, soon())
  const { containerId } = await helper.status(engine, soon())
  expect((await engine.list(soon())).some(({ Id }) => Id === containerId)).toBe(false)
  expect((await engine.helpers(soon())).some(({ Id }) => Id === containerId)).toBe(true)
})

it('ends at once when the leave is taken back', async () => {
  const helper = newHelper()
  helper.permit('every')
  const proc = await helper.open(engine, soon())
  const { containerId } = await helper.status(engine, soon())
  helper.permit([])
  await untilGone(containerId ?? '')
  expect(await helper.status(engine, soon())).toMatchObject({ state: 'off', containerId: null })
  await expect(proc?.readText('version')).rejects.toThrow('Isoscope ended it')
})

it('starts again when it has ended, and is given up when it ends again at once', async () => {
  const helper = newHelper()
  helper.permit('every')
  for (const isLast of [false, true]) {
    const proc = await helper.open(engine, soon())
    const pid = (await proc?.readText('self/stat'))?.split(' ')[0]
    process.kill(Number(pid), 'SIGSTOP')
    const asked = proc?.readText('version')
    process.kill(Number(pid), 'SIGKILL')
    await expect(asked).rejects.toThrow('the helper container ended')
    await vi.waitUntil(async () => (await helper.status(engine, soon())).state === (isLast ? 'refused' : 'ready'))
  }
  await expect(helper.open(engine, soon())).rejects.toMatchObject({ problem: { code: 'HELPER_REFUSED', what: expect.stringContaining('twice within a minute') } })
  helper.permit('every')
  expect(await (await helper.open(engine, soon()))?.readText('self/comm')).toBe('isoscope-helper\n')
})

it('starts again as if nothing had happened when it ended while nobody asked', async () => {
  const helper = newHelper()
  helper.permit('every')
  for (let time = 0; time < 3; time += 1) {
    const proc = await helper.open(engine, soon())
    process.kill(Number((await proc?.readText('self/stat'))?.split(' ')[0]), 'SIGKILL')
    await vi.waitUntil(async () => (await helper.status(engine, soon())).state === 'ready')
  }
  expect(await helper.open(engine, soon())).not.toBeNull()
})

async function holdElsewhere(): Promise<{ child: ChildProcess, id: string }> {
  const child = spawn(process.execPath, [HOLDER], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const [id] = await once(createInterface(child.stdout), 'line')
  return { child, id: String(id) }
}

it('is gone within seconds when its client was killed', async () => {
  const { child, id } = await holdElsewhere()
  expect(await listed()).toContain(id)
  child.kill('SIGKILL')
  await untilGone(id)
})

it('removes what a killed client left behind, and nothing that somebody holds', async () => {
  const { child, id: held } = await holdElsewhere()
  // A client that is no more: its PID was another's before.
  const ended = spawn('true')
  await once(ended, 'exit')
  const image = helperImage(process.arch === 'arm64' ? 'aarch64' : 'x86_64')
  const leftover = await engine.createHelper(image?.id ?? '', ownerOf(hostname(), ended.pid ?? 0).token, null, soon())
  const foreign = await engine.createHelper(image?.id ?? '', ownerOf('another computer', ended.pid ?? 0).token, null, soon())
  const helper = newHelper()
  helper.permit('every')
  await helper.open(engine, soon())
  const left = await listed()
  expect([left.includes(leftover), left.includes(foreign), left.includes(held)]).toEqual([false, true, true])
  await removeHelperContainer(engine, foreign)
  expect(await listed()).not.toContain(foreign)
  child.kill('SIGKILL')
})

it('removes no container that is not one', async () => {
  await removeHelperContainer(engine, container.id)
  expect(await docker('inspect', '--format', '{{.State.Running}}', container.id)).toBe('true')
})

it('carries its owner in its label, and nothing of this computer that can be read', async () => {
  const helper = await openTestHelper()
  expect(await docker('inspect', '--format', `{{index .Config.Labels "${OWNER_LABEL}"}}`, helper.id)).toMatch(new RegExp(`^[0-9a-f]{12}:${process.pid}:[0-9a-f]{12}-\\d+$`))
  await helper.close()
})

it.each([
  ['POST', /^\/containers\/create$/],
  ['POST', /^\/containers\/[0-9a-f]{64}\/start$/],
])('says in the engine\'s words why it may not run: %s %s is refused', async (refusedMethod, refusedPath) => {
  const proxy = await startRefusingProxy((method, path) => method === refusedMethod && refusedPath.test(path) ? 'authorization denied by plugin watchman: no pid=host here' : null)
  const before = await listed()
  const helper = newHelper()
  helper.permit('every')
  const behind = connectDocker({ origin: 'a test', address: proxy.address }, process.env)
  await expect(helper.open(behind, soon())).rejects.toMatchObject({ problem: { code: 'HELPER_REFUSED', what: expect.stringContaining('no pid=host here') } })
  expect(await helper.status(behind, soon())).toMatchObject({ state: 'refused', because: expect.stringContaining('no pid=host here') })
  const asked = proxy.asked.length
  await expect(helper.open(behind, soon())).rejects.toMatchObject({ problem: { code: 'HELPER_REFUSED' } })
  expect(proxy.asked.slice(asked)).toEqual(['GET /info'])
  await vi.waitUntil(async () => (await listed()).every(id => before.includes(id)))
  proxy.close()
})

it('is spoken to over TCP as over a socket of this computer', async () => {
  const server = createServer((socket) => {
    const passedOn = connect(ENGINE_SOCKET)
    socket.pipe(passedOn).pipe(socket)
    socket.on('error', () => passedOn.destroy())
    passedOn.on('error', () => socket.destroy())
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const address = server.address()
  const helper = newHelper()
  helper.permit('every')
  const far = connectDocker({ origin: 'a test', address: `tcp://127.0.0.1:${typeof address === 'object' ? address?.port : 0}` }, process.env)
  const proc = await helper.open(far, soon())
  expect(await proc?.readText('self/comm')).toBe('isoscope-helper\n')
  expect((await proc?.listPids())?.includes(process.pid)).toBe(true)
  await helper.end()
  server.close()
})
