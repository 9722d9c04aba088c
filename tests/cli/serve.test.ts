import { type ChildProcessByStdio, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createClient } from '../../shared/contract/client'
import type { IsoscopeClient, IsoscopeContract } from '../../shared/contract/contract'
import { Snapshot } from '../../shared/model/snapshot'
import { removeAll, startContainer, type StartedContainer } from '../support/containers'
import { docker } from '../support/docker'
import { ensureBusyboxImage } from '../support/test-images'
import { openSession, openSocket, pageWire, tokenOf } from '../support/web-client'
import { isoscope, startIsoscope } from './run-isoscope'

interface Host {
  child: ChildProcessByStdio<null, Readable, Readable>
  links: string[]
  port: number
}

const children: Host['child'][] = []
afterEach(() => {
  for (const child of children.splice(0))
    child.kill('SIGKILL')
})

async function startHost(args: string[] = [], env: Record<string, string> = {}): Promise<Host> {
  const child = startIsoscope(['serve', ...args], env)
  children.push(child)
  const links: string[] = []
  createInterface(child.stdout).on('line', line => links.push(line))
  await vi.waitFor(() => expect(links.length).toBe(1), 10_000)
  return { child, links, port: Number(new URL(links[0] ?? '').port) }
}

async function enter({ port, links }: Host): Promise<IsoscopeClient> {
  return createClient<IsoscopeContract>(pageWire(await openSocket(port, await openSession(port, tokenOf(links)))))
}

const isOpen = (port: number): Promise<boolean> => new Promise((resolve) => {
  const socket = connect(port, '127.0.0.1')
  socket.once('connect', () => resolve(true))
  socket.once('error', () => resolve(false))
})

let container: StartedContainer
beforeAll(async () => {
  container = await startContainer({ name: 'cli-serve', image: await ensureBusyboxImage(), command: ['sleep', '1000'] })
})
afterAll(removeAll)

describe('isoscope serve', () => {
  it('prints a link, serves the page, and prints the next link when the first was used', async () => {
    const host = await startHost()
    expect(host.links).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/)])
    const page = await fetch(`http://127.0.0.1:${host.port}/`)
    expect([page.status, (await page.text()).includes('<title>Isoscope</title>')]).toEqual([200, true])
    await enter(host)
    await vi.waitFor(() => expect(host.links.length).toBe(2))
  })

  it('answers what the page asks, from the engine', async () => {
    const client = await enter(await startHost())
    expect(await client.call('host.describe', {})).toMatchObject({ host: 'web', abilities: ['files.list', 'report.pdf'] })
    for await (const list of client.stream('containers.watch', {})) {
      expect(list.containers.map(({ id }) => id)).toContain(container.id)
      break
    }
    const snapshot = Snapshot.parse(await client.call('snapshot.take', { containerId: container.id }))
    expect(snapshot.hostname.inside).toBe(await docker('exec', container.name, 'hostname'))
  })

  it('hands out the snapshot it took in every format, and no other', async () => {
    const client = await enter(await startHost())
    const { id } = await client.call('snapshot.take', { containerId: container.id })
    const beginnings = { pdf: '%PDF-', html: '<!doctype html>', markdown: '# ', json: '{' } as const
    for (const format of ['pdf', 'html', 'markdown', 'json'] as const) {
      const report = await client.call('report.export', { snapshotId: id, format, redact: false })
      if (report.outcome !== 'download')
        throw new Error(report.outcome)
      expect(Buffer.from(report.base64, 'base64').toString('latin1').slice(0, beginnings[format].length)).toBe(beginnings[format])
      expect(report.fileName).toMatch(/^[\w.-]+\.(pdf|html|md|json)$/)
    }
    await expect(client.call('report.export', { snapshotId: 'another', format: 'html', redact: false })).rejects.toMatchObject({ problem: { code: 'SNAPSHOT_GONE' } })
  })

  it('prints one report after another, however many are asked for at once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'isoscope-test-serve-'))
    const browser = join(folder, 'browser')
    await writeFile(browser, `#!/bin/sh
mkdir ${folder}/busy || touch ${folder}/overlap
sleep 0.3
for a in "$@"; do case $a in --print-to-pdf=*) printf '%%PDF-1.4\\n%%%%EOF\\n' > "\${a#--print-to-pdf=}";; esac; done
rmdir ${folder}/busy
`, { mode: 0o755 })
    const client = await enter(await startHost([], { ISOSCOPE_BROWSER: browser }))
    const { id } = await client.call('snapshot.take', { containerId: container.id })
    const reports = await Promise.all(Array.from({ length: 3 }, () => client.call('report.export', { snapshotId: id, format: 'pdf', redact: false })))
    expect(reports.map(({ outcome }) => outcome)).toEqual(['download', 'download', 'download'])
    expect(await readdir(folder)).toEqual(['browser'])
    await rm(folder, { recursive: true })
  })

  it('changes the engine only where it was started with leave for it', async () => {
    const looking = await enter(await startHost())
    await expect(looking.call('container.act', { containerId: container.id, verb: 'pause' })).rejects.toMatchObject({ problem: { code: 'ACTIONS_OFF' } })
    await expect(looking.call('view.run', { containerId: container.id, asked: { commandId: 'ls' } })).rejects.toMatchObject({ problem: { code: 'ACTIONS_OFF' } })
    expect(await docker('inspect', '--format', '{{.State.Status}}', container.id)).toBe('running')
    const acting = await enter(await startHost(['--allow-actions']))
    expect((await acting.call('host.describe', {})).abilities).toContain('actions')
    await acting.call('container.act', { containerId: container.id, verb: 'pause' })
    expect(await docker('inspect', '--format', '{{.State.Status}}', container.id)).toBe('paused')
    await acting.call('container.act', { containerId: container.id, verb: 'unpause' })
    for await (const actions of acting.stream('actions.watch', {})) {
      expect(actions.map(({ command, outcome }) => [command, outcome])).toEqual([[`docker pause ${container.name}`, 'done'], [`docker unpause ${container.name}`, 'done']])
      break
    }
  })

  it('does not offer a PDF where no browser is, and says so when asked', async () => {
    const client = await enter(await startHost([], { ISOSCOPE_BROWSER: '/nonexistent' }))
    expect((await client.call('host.describe', {})).abilities).toEqual(['files.list'])
    const { id } = await client.call('snapshot.take', { containerId: container.id })
    await expect(client.call('report.export', { snapshotId: id, format: 'pdf', redact: false })).rejects.toMatchObject({ problem: { code: 'BROWSER_MISSING' } })
  })

  it('opens without an engine, and tells what was tried', async () => {
    const client = await enter(await startHost([], { DOCKER_HOST: 'unix:///nonexistent' }))
    const status = await client.call('engine.status', {})
    expect([status.engine, status.tried.map(({ endpoint }) => endpoint.address)]).toEqual([null, ['unix:///nonexistent']])
  })

  it('marks the link for the sample', async () => {
    expect((await startHost(['--sample'])).links[0]).toMatch(/#token=[\w-]{43}&view=sample$/)
  })

  it('says when the port that is asked for is taken', async () => {
    const { port } = await startHost()
    const { code, stdout, stderr } = await isoscope(['serve', '--port', String(port)])
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain(`Cannot listen on 127.0.0.1:${port}`)
  })

  it('takes the same port again after it has ended, with a token of its own', async () => {
    const first = await startHost()
    const ended = once(first.child, 'exit')
    first.child.kill('SIGTERM')
    await ended
    const second = await startHost(['--port', String(first.port)])
    expect([second.port, await openSession(second.port, tokenOf(first.links))]).toEqual([first.port, ''])
  })

  it('keeps the token out of its arguments, its environment and its error output', async () => {
    const host = await startHost()
    const errors: string[] = []
    host.child.stderr.on('data', chunk => errors.push(String(chunk)))
    const token = tokenOf(host.links)
    await enter(host)
    const traces = [await readFile(`/proc/${host.child.pid}/cmdline`, 'utf8'), await readFile(`/proc/${host.child.pid}/environ`, 'utf8'), errors.join('')]
    expect(traces.filter(text => text.includes(token))).toEqual([])
  })

  it('listens on one address only', async () => {
    const { port, child } = await startHost()
    const lines = execFileSync('ss', ['-ltnpH'], { encoding: 'utf8' }).split('\n').filter(line => line.includes(`pid=${child.pid},`))
    expect(lines.map(line => line.split(/\s+/)[3])).toEqual([`127.0.0.1:${port}`])
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('ends on %s with 0, with a page open and streams running', async (signal) => {
    const host = await startHost()
    const client = await enter(host)
    const watching = client.stream('containers.watch', {})[Symbol.asyncIterator]()
    const live = client.stream('live.watch', { containerId: container.id, everyMs: 250 })[Symbol.asyncIterator]()
    await Promise.all([watching.next(), live.next()])
    const ended = once(host.child, 'exit')
    host.child.kill(signal)
    expect(await ended).toEqual([0, null])
    expect(await isOpen(host.port)).toBe(false)
  })

  it('lives on when nobody reads its output any more', async () => {
    const host = await startHost()
    host.child.stdout.destroy()
    const client = await enter(host)
    expect((await client.call('host.describe', {})).host).toBe('web')
  })
})
