import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { removeAll, startContainer, type StartedContainer } from '../support/containers'
import { docker } from '../support/docker'
import { startFakeEngine } from '../support/fake-engine'
import { ensureBusyboxImage } from '../support/test-images'
import { start } from './start'

const Printed = z.object({ entries: z.array(z.object({ container: z.string(), fact: z.string(), outcome: z.string(), command: z.string() })), gone: z.array(z.string()), restless: z.array(z.string()), failures: z.array(z.unknown()) })

let one: StartedContainer
let other: StartedContainer
beforeAll(async () => {
  one = await start({ name: 'verify-one' })
  other = await start({ name: 'verify-other' })
})
afterAll(removeAll)

/** `npm run verify -- …`, as a process of its own. */
const startVerify = (...args: string[]) => spawn(process.execPath, ['verify/verify.mjs', ...args], { stdio: ['ignore', 'pipe', 'pipe'] })

async function verify(...args: string[]): Promise<{ code: number | null, stdout: string, stderr: string }> {
  const child = startVerify(...args)
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code: child.exitCode, stdout, stderr }
}

describe('npm run verify', () => {
  it('compares every fact of the containers that are named, and prints each comparison as JSON', async () => {
    const { code, stdout } = await verify('--json', '--container', one.name, '--container', other.id.slice(0, 12))
    const { entries, gone, restless, failures } = Printed.parse(JSON.parse(stdout))
    expect(new Set(entries.map(({ container }) => container))).toEqual(new Set([one.name, other.name]))
    expect(entries.filter(({ outcome }) => outcome !== 'same')).toEqual([])
    expect(entries.filter(({ container }) => container === one.name).length).toBeGreaterThan(70)
    expect({ code, gone, restless, failures }).toEqual({ code: 0, gone: [], restless: [], failures: [] })
  })

  it('compares no two runs of a container that is started again and again', async () => {
    const { name } = await startContainer({ name: 'verify-restless', image: await ensureBusyboxImage(), flags: ['--restart=always', '--network=none'], command: ['sleep', '0.5'] })
    const { code, stdout } = await verify('--json', '--container', name, '--container', one.name)
    const { entries, gone, restless } = Printed.parse(JSON.parse(stdout))
    expect(entries.filter(({ outcome }) => outcome === 'different' || outcome === 'not-compared')).toEqual([])
    expect({ code, gone, isCompared: entries.some(({ container }) => container === name) }).toEqual({ code: 0, gone: [], isCompared: restless.length === 0 })
  })

  it('says in words how many facts are the same', async () => {
    const { code, stdout } = await verify('--container', one.name)
    expect(stdout).toMatch(/^1 containers: \d+ facts are the same, 0 are different, 0 are unknown, 0 were not compared\n$/)
    expect(code).toBe(0)
  })

  it('says in one line that a container is not there', async () => {
    const { code, stderr } = await verify('--container', 'isoscope-test-nobody')
    expect(stderr).toBe('There is no container isoscope-test-nobody; docker ps --all lists those that there are.\n')
    expect(code).toBe(2)
  })

  it('says in the words of docker that the engine does not answer', async () => {
    const { code, stderr } = await verify('--endpoint', 'unix:///nowhere/docker.sock')
    expect(stderr).toMatch(/^Command failed: docker --host unix:\/\/\/nowhere\/docker\.sock version\n.*unix:\/\/\/nowhere\/docker\.sock.*\n$/)
    expect(code).toBe(2)
  })

  it('says so when there is nothing to compare, and does not call that well', async () => {
    const fake = await startFakeEngine()
    const { code, stdout } = await verify('--endpoint', fake.address)
    await fake.end()
    expect(stdout).toContain('Nothing was compared: no container runs on this engine.')
    expect(code).toBe(2)
  })

  it('tells its usage for what it does not know', async () => {
    const { code, stderr } = await verify('--everything')
    expect(stderr).toMatch(/--everything[^]*usage: npm run verify/)
    expect(code).toBe(2)
  })

  it('tells its usage to who asks for it', async () => {
    const { code, stdout } = await verify('--help')
    expect(stdout).toMatch(/^usage: npm run verify/)
    expect(code).toBe(0)
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('removes what it made when %s interrupts it', async (signal) => {
    const made = async (): Promise<string[]> => (await Promise.all([
      docker('ps', '--all', '--format', '{{.Names}}', '--filter', 'name=isoscope-test-verify-plain'),
      docker('ps', '--all', '--format', '{{.Names}}', '--filter', 'name=isoscope-test-verify-no-shell'),
      docker('network', 'ls', '--format', '{{.Name}}', '--filter', 'name=isoscope-test-verify'),
      docker('images', '--format', '{{.Repository}}', '--filter', 'reference=isoscope-verify-*'),
    ])).flatMap(lines => lines.split('\n')).filter(line => line !== '')
    const before = await made()
    const child = startVerify('--situations')
    const output = Promise.all([text(child.stdout), text(child.stderr)])
    await vi.waitUntil(async () => (await made()).some(name => name.includes('-verify-plain')), { timeout: 60_000, interval: 100 })
    child.kill(signal)
    await once(child, 'close')
    expect((await output)[1]).toContain(`${signal}: what was made is being removed.`)
    expect(child.exitCode).toBe(signal === 'SIGINT' ? 130 : 143)
    expect(await made()).toEqual(before)
  })
})
