import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, afterEach, expect, it, vi } from 'vitest'
import { startPrivateEngine } from '../../build/testing/private-engine.mjs'
import type { LogBatch } from '../../shared/model/logs'
import { removeAll, startContainer } from '../support/containers'
import { docker } from '../support/docker'
import { ensureBusyboxImage } from '../support/test-images'
import { testService } from './take'

const LIMITS = { timeout: 40_000, interval: 50 }
const run = promisify(execFile)
const stop = new AbortController()
let engine: Awaited<ReturnType<typeof startPrivateEngine>> | undefined
afterEach(() => stop.abort())
afterAll(async () => {
  await removeAll().finally(() => engine?.remove())
  vi.unstubAllEnvs()
})

it('an engine that is killed while its container writes on: when it is back, every line is there once', async () => {
  engine = await startPrivateEngine(['--live-restore'])
  vi.stubEnv('DOCKER_HOST', engine.address)
  const { id } = await startContainer({
    name: 'live-logs-lost', image: await ensureBusyboxImage(), flags: ['--network=none', '--stop-signal=SIGKILL'],
    command: ['sh', '-c', 'i=0; while :; do i=$((i+1)); echo "out $i"; echo "err $i" >&2; sleep 0.05; done'],
  })
  const { handlers } = testService()
  // What looks for a lost engine, as it does for every page.
  const lists = handlers['containers.watch']({}, { signal: stop.signal })[Symbol.asyncIterator]()
  void (async () => {
    while (!(await lists.next()).done)
      continue
  })().catch(() => {})
  const batches: LogBatch[] = []
  void (async () => {
    for await (const batch of handlers['logs.watch']({ containerId: id, tail: 10_000 }, { signal: stop.signal }))
      batches.push(batch)
  })().catch(() => {})
  const lines = (): string[] => batches.flatMap(batch => batch.lines.map(({ at, text }) => `${at} ${text}`))
  await expect.poll(() => lines().length > 20, LIMITS).toBe(true)

  await engine.kill()
  await expect.poll(() => batches.at(-1)?.state, LIMITS).toBe('away')
  expect(batches.at(-1)?.problem?.code).toMatch(/^ENGINE_/)
  const before = lines().length
  await engine.start()
  await expect.poll(() => batches.at(-1)?.state, LIMITS).toBe('follows')
  await expect.poll(() => lines().length > before + 20, LIMITS).toBe(true)
  await docker('kill', id)
  await expect.poll(() => batches.at(-1)?.state, LIMITS).toBe('ended')

  const { stdout } = await run('sh', ['-c', 'exec docker logs --timestamps "$0" 2>&1', id])
  expect(lines()).toEqual(stdout.trimEnd().split('\n'))
  expect(batches.every(({ droppedCount }) => droppedCount === 0)).toBe(true)
})
