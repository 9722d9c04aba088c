import { readdir, readlink } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Service } from '../../engine/service'
import { checkStep } from '../../shared/lab/check-step'
import { LAB_STEPS, type Lab } from '../../shared/model/lab'
import type { ViewSide } from '../../shared/model/two-views'
import { parseRunLine } from '../../shared/run/parse-run-line'
import { ENGINES, type StartedEngine } from '../engines/engines.mjs'
import { docker } from '../support/docker'
import { inventory } from '../support/inventory'
import { ensureBusyboxImage } from '../support/test-images'
import { TestTerminal } from '../support/test-terminal'
import { testService } from './take'

/** Podman asks dpkg for its version with each GET /info. */
const SLOW_ENGINE_MS = 60_000
const { signal } = new AbortController()

/** As the kernel has them: Podman asks the image's own `ps`, and an engine without control groups knows none. */
async function processesBeside(pid: string): Promise<number> {
  const namespaceOf = (of: string): Promise<string | null> => readlink(`/proc/${of}/ns/pid`).catch(() => null)
  const [own, all] = await Promise.all([namespaceOf(pid), Promise.all((await readdir('/proc')).filter(name => /^\d+$/.test(name)).map(namespaceOf))])
  return all.filter(namespace => namespace === own).length
}

/** The answers to the lab's questions where an engine has every right, and is root. */
const LAB_EVERYWHERE = { 'build': 'nothing', 'run': 'host', 'list': '3', 'enter': 'new', 'count': '4', 'roots': 'alike', 'hostname': 'id', 'users': 'root-both', 'interfaces': 'own', 'pid-host': 'pid', 'network-host': 'net', 'memory': 'limit', 'clean': 'nothing' }
/** And what is otherwise. */
const LAB_THERE = {
  'docker-remapped': { 'users': 'root-inside', 'pid-host': 'LAB_FLAG_REFUSED', 'network-host': 'LAB_FLAG_REFUSED' },
  // Without control groups, and without a network: it may not enter that of its machine, and what it gives instead is another thing each time (refused, an empty one, or its own).
  'docker-rootless': { 'users': 'root-inside', 'interfaces': 'loopback', 'pid-host': 'LAB_FLAG_REFUSED', 'network-host': expect.toBeOneOf(['ENGINE_REFUSED', 'none', 'net']), 'memory': 'none' },
  'podman': {},
}

describe.each(['docker-remapped', 'docker-rootless', 'podman'] as const)('what is done on another engine: %s', (kind) => {
  let engine: StartedEngine
  let service: Service
  let id = ''
  let pid = ''
  /** What the engine had before; each test leaves it so. */
  let before: Record<string, string[]> = {}
  beforeAll(async () => {
    engine = await ENGINES[kind]()
    vi.stubEnv('DOCKER_HOST', engine.address)
    id = await docker('run', '--detach', '--network=none', await ensureBusyboxImage(), 'sleep', '10000')
    pid = await docker('inspect', '--format', '{{.State.Pid}}', id)
    service = testService()
    before = await inventory()
  })
  afterAll(async () => {
    vi.unstubAllEnvs()
    await service.close()
    await engine.remove()
  })

  const own = async (...argv: string[]): Promise<ViewSide> => (await service.handlers['view.run']({ containerId: id, asked: { argv } }, { signal })).container

  it('a command inside has its words and its exit code, is missing where it is, and is ended where it does not end', async () => {
    expect(await own('sh', '-c', 'echo said; exit 127')).toMatchObject({ lines: [{ text: 'said' }], exitCode: 127, problem: null })
    expect(await own('nope')).toMatchObject({ lines: [], exitCode: null, problem: { code: 'PROGRAM_MISSING' } })
    expect(await own('sh', '-c', 'sleep 1111 & yes')).toMatchObject({ endedAt: 'size', problem: null })
    // What is killed is a zombie until the first process takes it, which `sleep` never does.
    expect(await own('sh', '-c', 'ps | grep -c "[s]leep 1111$"')).toMatchObject({ lines: [{ text: '0' }] })
  }, SLOW_ENGINE_MS)

  it('a terminal is gone with its page at once, and one that cannot be opened says why', async () => {
    const beside = await processesBeside(pid)
    const open = (shell: string): TestTerminal => new TestTerminal(service.handlers, inner =>
      service.handlers['shell.open']({ containerId: id, shell, user: '', workingDirectory: '', columns: 80, rows: 24 }, { signal: inner }))
    await expect(open('/bin/nope').opened).rejects.toMatchObject({ problem: { code: 'SHELL_MISSING' } })
    const terminal = open('/bin/sh')
    await terminal.opened
    await terminal.type('echo $((6*7))\r')
    await terminal.shows('42')
    expect(await processesBeside(pid)).toBeGreaterThan(beside)
    terminal.leave()
    await terminal.over
    await vi.waitUntil(async () => await processesBeside(pid) <= beside, { timeout: 5_000, interval: 50 })
  }, SLOW_ENGINE_MS)

  it('a log in which nothing is written is followed all the same', async () => {
    const stop = new AbortController()
    const states = service.handlers['logs.watch']({ containerId: id, tail: 10 }, { signal: stop.signal })[Symbol.asyncIterator]()
    expect((await states.next()).value).toMatchObject({ state: 'follows', problem: null, lines: [] })
    stop.abort()
  }, SLOW_ENGINE_MS)

  it('a toolbox sees the container\'s files, and is gone with its page', async () => {
    const terminal = new TestTerminal(service.handlers, inner =>
      service.handlers['toolbox.open']({ containerId: id, image: 'isoscope-test-busybox:latest', columns: 80, rows: 24 }, { signal: inner }))
    await terminal.opened
    await terminal.type('cat /proc/1/cmdline | tr "\\0" " "; ls -d home\r')
    await terminal.shows(/sleep 10000 home/)
    terminal.leave()
    await terminal.over
    await vi.waitUntil(async () => JSON.stringify(await inventory()) === JSON.stringify(before), { timeout: 10_000, interval: 100 })
  }, SLOW_ENGINE_MS)

  it('a sibling is what was asked for, and what cannot run says why and leaves nothing', async () => {
    const ran = await service.handlers['container.runAgain']({ containerId: id, knob: { kind: 'cap-drop-all' } }, { signal })
    await docker('rm', '--force', '--volumes', ran.containerId)
    expect(ran).toMatchObject({ ended: null, warnings: [], otherwise: [] })
    await expect(service.handlers['container.run'](parseRunLine('docker run --network none isoscope-test-busybox nope'), { signal })).rejects.toMatchObject({ problem: { code: 'PROGRAM_MISSING' } })
    await expect(service.handlers['container.act']({ containerId: id, verb: 'rm' }, { signal })).rejects.toMatchObject({ problem: { code: 'CONTAINER_RUNS' } })
    expect(await inventory()).toEqual(before)
  }, SLOW_ENGINE_MS)

  it('the guided lab is done as far as the engine can, measures what is so there, and leaves nothing', async () => {
    const labOf = async (): Promise<Lab> => {
      for await (const lab of service.handlers['lab.watch']({}, { signal }))
        return lab
      throw new Error('the lab told nothing')
    }
    for (const step of LAB_STEPS)
      await service.handlers['lab.perform']({ step, prediction: null, baseImage: step === 'build' ? 'isoscope-test-busybox:latest' : null }, { signal }).catch(() => {})
    const { records, isEnded } = await labOf()
    expect(isEnded).toBe(true)
    const outcomes = Object.fromEntries(records.map(record => [record.step, record.problem?.code ?? checkStep(record)?.answer]))
    expect(outcomes).toEqual({ ...LAB_EVERYWHERE, pids: expect.stringMatching(/^\d+$/), ...LAB_THERE[kind] })
    expect(await inventory()).toEqual(before)
  }, SLOW_ENGINE_MS)
})
