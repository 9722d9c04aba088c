import { afterAll, expect, it, vi } from 'vitest'
import { startPrivateEngine } from '../../build/testing/private-engine.mjs'
import { removeAll, startContainer } from '../support/containers'
import { ensureBusyboxImage } from '../support/test-images'
import { testService } from './take'

let engine: Awaited<ReturnType<typeof startPrivateEngine>> | undefined
afterAll(async () => {
  await removeAll().finally(() => engine?.remove())
  vi.unstubAllEnvs()
})

it('a terminal says that its engine was killed, and is recorded as failed', async () => {
  engine = await startPrivateEngine(['--live-restore'])
  vi.stubEnv('DOCKER_HOST', engine.address)
  const { id } = await startContainer({ name: 'live-shell-lost', image: await ensureBusyboxImage(), flags: ['--network=none', '--stop-signal=SIGKILL'], command: ['sleep', '10000'] })
  const { handlers } = testService()
  const { signal } = new AbortController()
  const items = handlers['shell.open']({ containerId: id, shell: '/bin/sh', user: '', workingDirectory: '', columns: 80, rows: 24 }, { signal })[Symbol.asyncIterator]()
  expect((await items.next()).value).toMatchObject({ item: 'opened' })
  await engine.kill()
  await expect((async () => {
    while (!(await items.next()).done)
      continue
  })()).rejects.toMatchObject({ problem: { code: 'SHELL_LOST', fix: expect.any(String) } })
  for await (const actions of handlers['actions.watch']({}, { signal })) {
    expect(actions).toMatchObject([{ outcome: 'failed' }])
    break
  }
  await engine.start()
})
