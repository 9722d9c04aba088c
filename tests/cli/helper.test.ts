import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readlink, stat } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { createClient } from '../../shared/contract/client'
import type { IsoscopeClient, IsoscopeContract } from '../../shared/contract/contract'
import { NAMESPACE_TYPES } from '../../shared/model/namespace-type'
import { Snapshot } from '../../shared/model/snapshot'
import { removeAll, startContainer, type StartedContainer } from '../support/containers'
import { docker } from '../support/docker'
import { type RefusingProxy, startRefusingProxy } from '../support/refusing-proxy'
import { ensureBusyboxImage } from '../support/test-images'
import { openSession, openSocket, pageWire } from '../support/web-client'
import { plainEnv, PROGRAM } from './run-isoscope'

const NOBODY = 65_534
const children: ChildProcessByStdio<null, Readable, Readable>[] = []
let container: StartedContainer
let proxy: RefusingProxy

beforeAll(async () => {
  container = await startContainer({ name: 'cli-helper', image: await ensureBusyboxImage(), command: ['sleep', '1000'] })
})
afterEach(() => {
  for (const child of children.splice(0))
    child.kill('SIGKILL')
})
afterAll(removeAll)

/** As a user who may do no more than speak to the engine. */
async function startAsNobody(args: readonly string[], env: Record<string, string> = {}): Promise<ChildProcessByStdio<null, Readable, Readable>> {
  const { gid } = await stat((process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock').replace('unix://', ''))
  const child = spawn(process.execPath, [PROGRAM, ...args], { uid: NOBODY, gid, env: plainEnv(env), stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  return child
}

async function runAsNobody(args: readonly string[], env: Record<string, string> = {}): Promise<{ code: number | null, stdout: string, stderr: string }> {
  const child = await startAsNobody(args, env)
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code, stdout, stderr }
}

const helpersOf = async (pid: number | undefined): Promise<string> => docker('ps', '--all', '--filter', 'label=io.isoscope.helper', '--format', '{{.Label "io.isoscope.helper.owner"}}')
  .then(lines => lines.split('\n').filter(line => line.split(':')[1] === String(pid)).join())

it('is not run without --helper: the namespaces are the engine\'s word, and what only root may read stays unknown', async () => {
  proxy = await startRefusingProxy(() => null)
  const { code, stdout } = await runAsNobody(['snapshot', container.name, '--json'], { DOCKER_HOST: proxy.address })
  const snapshot = Snapshot.parse(JSON.parse(stdout))
  expect({ code, steps: new Set(snapshot.namespaces.map(({ source }) => source.step)), accounts: snapshot.users.inside, acted: proxy.asked.filter(line => !line.startsWith('GET ')) })
    .toEqual({ code: 0, steps: new Set(['engine-api']), accounts: null, acted: [] })
  proxy.close()
})

it('reads with --helper what root reads, and leaves no container', async () => {
  const child = await startAsNobody(['snapshot', container.name, '--json', '--helper'])
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  expect(stderr).toBe('')
  const snapshot = Snapshot.parse(JSON.parse(stdout))
  const pid = await docker('inspect', '--format', '{{.State.Pid}}', container.id)
  const links = await Promise.all(NAMESPACE_TYPES.map(async type => [type, Number(/\d+/.exec(await readlink(`/proc/${pid}/ns/${type}`))?.[0])]))
  expect(Object.fromEntries(snapshot.namespaces.map(one => [one.type, one.container]))).toEqual(Object.fromEntries(links))
  expect(new Set(snapshot.namespaces.map(({ source }) => source.step))).toEqual(new Set(['helper']))
  expect(snapshot.users.inside).not.toBeNull()
  expect(snapshot.files.rootInside?.map(({ name }) => name)).toContain('etc')
  expect(snapshot.hostProcesses.filter(({ command }) => command === 'isoscope-helper')).toEqual([])
  await vi.waitUntil(async () => await helpersOf(child.pid) === '', { timeout: 5_000 })
})

it('says in a snapshot\'s problems why the engine would not run it', async () => {
  proxy = await startRefusingProxy((method, path) => method === 'POST' && path === '/containers/create' ? 'authorization denied by plugin watchman' : null)
  const { stdout } = await runAsNobody(['snapshot', container.name, '--json', '--helper'], { DOCKER_HOST: proxy.address })
  const { problems, users, evidence } = Snapshot.parse(JSON.parse(stdout))
  expect(problems).toContainEqual(expect.objectContaining({ code: 'HELPER_REFUSED', what: expect.stringContaining('authorization denied by plugin watchman') }))
  expect({ accounts: users.inside, missingStep: evidence['users.inside'].missingStep }).toEqual({ accounts: null, missingStep: 'helper' })
  proxy.close()
})

async function serveAsNobody(...args: string[]): Promise<{ pid: number | undefined, kill: () => void, client: IsoscopeClient }> {
  const child = await startAsNobody(['serve', ...args])
  const [link] = await once(createInterface(child.stdout), 'line')
  const url = new URL(String(link))
  const token = new URLSearchParams(url.hash.slice(1)).get('token') ?? ''
  const port = Number(url.port)
  const client = createClient<IsoscopeContract>(pageWire(await openSocket(port, await openSession(port, token))))
  return { pid: child.pid, kill: () => child.kill('SIGKILL'), client }
}

it('may be allowed by the page only where the web host was started with leave for it', async () => {
  const { client } = await serveAsNobody()
  expect((await client.call('host.describe', {})).abilities).not.toContain('helper')
  expect(await client.call('helper.status', {})).toMatchObject({ state: 'off' })
  await expect(client.call('helper.allow', { isAllowed: true })).rejects.toMatchObject({ problem: { code: 'HELPER_NOT_OFFERED' } })
})

it('runs, is forbidden, and runs again as the page says', async () => {
  const { client, pid } = await serveAsNobody('--helper')
  expect((await client.call('host.describe', {})).abilities).toContain('helper')
  expect(await client.call('helper.status', {})).toMatchObject({ state: 'ready' })
  await client.call('snapshot.take', { containerId: container.id })
  expect(await client.call('helper.status', {})).toMatchObject({ state: 'running', engineId: await docker('info', '--format', '{{.ID}}') })
  expect(await helpersOf(pid)).not.toBe('')
  expect(await client.call('helper.allow', { isAllowed: false })).toMatchObject({ state: 'off' })
  await vi.waitUntil(async () => await helpersOf(pid) === '', { timeout: 5_000 })
  expect((await client.call('snapshot.take', { containerId: container.id })).namespaces[0]?.verdict).toBe('unknown')
  expect(await client.call('helper.allow', { isAllowed: true })).toMatchObject({ state: 'ready' })
})

it('leaves nothing within seconds when Isoscope is killed', async () => {
  const { client, pid, kill } = await serveAsNobody('--helper')
  await client.call('snapshot.take', { containerId: container.id })
  expect(await helpersOf(pid)).not.toBe('')
  kill()
  await vi.waitUntil(async () => await helpersOf(pid) === '', { timeout: 5_000 })
})
