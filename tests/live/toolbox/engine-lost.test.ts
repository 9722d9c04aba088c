import { afterAll, expect, it, vi } from 'vitest'
import { startPrivateEngine } from '../../../build/testing/private-engine.mjs'
import { removeAll, startContainer } from '../../support/containers'
import { docker } from '../../support/docker'
import { ensureBusyboxImage } from '../../support/test-images'
import { TestTerminal } from '../../support/test-terminal'
import { testService } from '../take'

let engine: Awaited<ReturnType<typeof startPrivateEngine>> | undefined
afterAll(async () => {
  await removeAll().finally(() => engine?.remove())
  vi.unstubAllEnvs()
})

it('a toolbox says that its engine was killed, and is not there any more when that is reached again', async () => {
  engine = await startPrivateEngine(['--live-restore'])
  vi.stubEnv('DOCKER_HOST', engine.address)
  const image = await ensureBusyboxImage()
  const { id } = await startContainer({ name: 'toolbox-lost', image, flags: ['--network=none', '--stop-signal=SIGKILL'], command: ['sleep', '10000'] })
  const { handlers, close, engineStatus } = testService()
  const { signal } = new AbortController()
  const terminal = new TestTerminal(handlers, inner => handlers['toolbox.open']({ containerId: id, image, columns: 80, rows: 24 }, { signal: inner }))
  await terminal.opened
  const toolboxes = (): Promise<string> => docker('ps', '--all', '--quiet', '--filter', 'label=io.isoscope.temporary=toolbox')
  expect(await toolboxes()).not.toBe('')
  await engine.kill()
  await terminal.over
  expect(terminal.error).toMatchObject({ problem: { code: 'SHELL_LOST', fix: expect.any(String) } })
  await engine.start()
  await engineStatus(signal)
  await vi.waitUntil(async () => await toolboxes() === '', { timeout: 10_000, interval: 50 })
  await close()
})
