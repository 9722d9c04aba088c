import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { LogBatch, LogLine } from '../../shared/model/logs'
import { ProblemError } from '../../shared/model/problem'
import { removeAll, startContainer } from '../support/containers'
import { docker } from '../support/docker'
import { ensureBusyboxImage } from '../support/test-images'
import { testService } from './take'

const LIMITS = { timeout: 60_000, interval: 20 }
const run = promisify(execFile)

beforeAll(ensureBusyboxImage)
afterAll(removeAll)

let stop: AbortController
beforeEach(() => { stop = new AbortController() })
afterEach(() => stop.abort())

/** A container that runs a line of shell; without a network, which is not asked for here. */
const shell = async (name: string, script: string, ...flags: string[]): Promise<string> =>
  (await startContainer({ name: `live-logs-${name}`, image: await ensureBusyboxImage(), flags: ['--network=none', '--stop-signal=SIGKILL', ...flags], command: ['sh', '-c', script] })).id

/** What `docker logs` prints, both streams in the order in which they come. */
const dockerLogs = async (id: string, ...flags: string[]): Promise<Buffer> =>
  (await run('sh', ['-c', 'exec docker logs "$@" 2>&1', 'sh', ...flags, id], { encoding: 'buffer', maxBuffer: 1024 ** 3 })).stdout
const linesOf = (bytes: Buffer): string[] => bytes.toString('utf8').replace(/\r?\n$/, '').split(/\r?\n/)

interface Watched { batches: LogBatch[], lines: () => LogLine[], texts: () => string[], state: () => string | undefined, failed: () => string | null }

/** Reads as fast as it comes, from now on. */
function watch(containerId: string, tail = 10_000): Watched {
  const batches: LogBatch[] = []
  let failed: string | null = null
  void (async () => {
    for await (const batch of testService().handlers['logs.watch']({ containerId, tail }, { signal: stop.signal }))
      batches.push(batch)
  })().catch((error: unknown) => { failed = error instanceof ProblemError ? `${error.problem.code} ${error.problem.what}` : String(error) })
  const lines = (): LogLine[] => batches.flatMap(batch => batch.lines)
  return { batches, lines, texts: () => lines().map(({ text }) => text), state: () => batches.at(-1)?.state, failed: () => failed }
}

async function readAll(id: string, tail?: number): Promise<Watched> {
  const watched = watch(id, tail)
  await expect.poll(watched.state, LIMITS).toBe('ended')
  return watched
}

it.each([
  ['without a terminal', [], ['stdout', 'stderr']],
  ['with a terminal', ['--tty'], ['terminal', 'terminal']],
])('has the lines of a container %s as docker logs has them, in their order, with their stamps', async (_what, flags, [out, err]) => {
  const id = await shell('both', 'for i in $(seq 1 50); do echo "out $i"; echo "err $i" >&2; done; echo; echo "  blanks  "; printf "tab\\there\\n"', ...flags)
  await docker('wait', id)
  const { lines } = await readAll(id)
  expect(lines().map(({ at, text }) => `${at} ${text}`)).toEqual(linesOf(await dockerLogs(id, '--timestamps')))
  expect(lines().map(({ stream, text }) => [stream, text.startsWith('err')])).toEqual(lines().map(({ text }) => text.startsWith('err') ? [err, true] : [out, false]))
  expect(lines().some(({ isCut }) => isCut)).toBe(false)
})

it('begins with as many of the last lines as were asked for, and of a million has the last 10,000', async () => {
  const id = await shell('million', 'seq 1 1000000')
  await docker('wait', id)
  expect((await readAll(id, 3)).texts()).toEqual(['999998', '999999', '1000000'])
  stop.abort()
  stop = new AbortController()
  const { texts, batches } = await readAll(id)
  expect(texts()).toEqual(linesOf(await dockerLogs(id, '--tail', '10000')))
  expect(batches.every(({ droppedCount }) => droppedCount === 0)).toBe(true)
})

it('follows a million lines as they are written: each is told in its order, or counted where it is missing', async () => {
  const id = await shell('flood', 'read go; seq 1 1000000', '--interactive')
  const watched = watch(id)
  await expect.poll(watched.state, LIMITS).toBe('follows')
  // docker attach feeds the one line that it waits for.
  const feeding = run('sh', ['-c', `echo go | docker attach ${id} > /dev/null`], { maxBuffer: 1024 ** 3 })
  await expect.poll(watched.state, LIMITS).toBe('ended')
  await feeding.catch(() => {})
  let next = 1
  for (const { lines, droppedCount } of watched.batches) {
    next += droppedCount
    for (const { text } of lines) {
      if (text !== String(next))
        expect.fail(`${text} came where ${next} was due`)
      next += 1
    }
  }
  expect(next).toBe(1_000_001)
})

it.each([[[], 'stdout'], [['--tty'], 'terminal']])('has a line without a newline, and long ones whole or cut (%j)', async (flags, stream) => {
  const id = await shell('long', 'x() { head -c "$1" /dev/zero | tr "\\0" "$2"; }; x 40000 a; echo; x 65536 b; echo; x 300000 c; echo; echo next; printf "no end"', ...flags)
  await docker('wait', id)
  const { lines } = await readAll(id)
  expect(lines().map(line => [line.stream, line.text[0], line.text.length, line.isCut])).toEqual([
    [stream, 'a', 40_000, false], [stream, 'b', 65_536, false], [stream, 'c', 65_536, true], [stream, 'n', 4, false], [stream, 'n', 6, false],
  ])
  expect((await dockerLogs(id)).toString('latin1').endsWith('next\nno end') || flags.length > 0).toBe(true)
})

// json-file stores JSON, which has no bytes that are no UTF-8.
it.each([['json-file', '\ufffd\ufffd'], ['local', '\\xff\\xfe']])('has binary output as visible text, as many lines as docker logs has newlines (%s)', async (driver, bytes) => {
  const id = await shell('binary', 'printf "\\033[2J\\033[1;31mred\\033[0m\\033]0;title\\007\\377\\376\\000\\rback\\n"; head -c 200000 /dev/urandom; echo', `--log-driver=${driver}`)
  await docker('wait', id)
  const { texts } = await readAll(id)
  expect(texts()[0]).toBe(`\\x1b[2Jred\\x1b]0;title\\x07${bytes}\\x00\\rback`)
  expect(texts().length).toBe((await dockerLogs(id)).filter(byte => byte === 0x0A).length)
  expect(texts().join('\n').match(/[^\t\n\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}]/gu)).toBeNull()
})

describe('a container\'s life', () => {
  const COUNT = 'i=0; while :; do i=$((i+1)); echo "$i"; sleep 0.1; done'
  const countOf = (watched: Watched): number => watched.lines().length

  it('brings nothing while it is paused, ends with its run, goes on with the next, and is over when it is removed', async () => {
    const id = await shell('life', COUNT)
    const watched = watch(id)
    await expect.poll(() => countOf(watched) > 3, LIMITS).toBe(true)
    await docker('pause', id)
    await docker('unpause', id)
    const before = countOf(watched)
    await expect.poll(() => countOf(watched) > before + 3, LIMITS).toBe(true)
    await docker('stop', id)
    await expect.poll(watched.state, LIMITS).toBe('ended')
    await docker('start', id)
    await expect.poll(() => watched.texts().filter(text => text === '3').length, LIMITS).toBe(2)
    expect(watched.state()).toBe('follows')
    await docker('restart', '--time=0', id)
    await expect.poll(() => watched.texts().filter(text => text === '3').length, LIMITS).toBe(3)
    await docker('kill', id)
    await expect.poll(watched.state, LIMITS).toBe('ended')
    expect(watched.lines().map(({ at, text }) => `${at} ${text}`)).toEqual(linesOf(await dockerLogs(id, '--timestamps')))
    await docker('rm', id)
    await expect.poll(watched.failed, LIMITS).toMatch(/^CONTAINER_GONE /)
  })

  it('begins with nothing before it was ever started', async () => {
    const name = `isoscope-test-live-logs-created-${process.pid}`
    const id = await docker('create', '--name', name, '--network=none', await ensureBusyboxImage(), 'echo', 'hello')
    try {
      const watched = watch(id)
      await expect.poll(watched.state, LIMITS).toBe('ended')
      await docker('start', id)
      await expect.poll(watched.texts, LIMITS).toEqual(['hello'])
      await expect.poll(watched.state, LIMITS).toBe('ended')
    }
    finally {
      await docker('rm', '--force', name)
    }
  })
})

it('gives the engine\'s words for a log driver that keeps nothing', async () => {
  const id = await shell('none', 'echo lost; sleep 1000', '--log-driver=none')
  const watched = watch(id)
  await expect.poll(watched.failed, LIMITS).toMatch(/^LOGS_NOT_READABLE .*configured logging driver does not support reading/)
})
