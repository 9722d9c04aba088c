import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { docker } from '../support/docker'
import { ensureStaticImage } from '../support/test-images'
import { ENGINES, type StartedEngine } from '../engines/engines.mjs'
import { testService } from './take'

/** Podman asks dpkg for its version with each GET /info. */
const SLOW_ENGINE_MS = 60_000
const never = new AbortController().signal

describe.each(['docker-rootless', 'podman-rootless'] as const)('an ordinary user\'s own engine: %s', (kind) => {
  let engine: StartedEngine
  let id = ''
  beforeAll(async () => {
    engine = await ENGINES[kind]()
    vi.stubEnv('DOCKER_HOST', engine.address)
    id = (await docker('run', '--detach', '--network=none', await ensureStaticImage(), '/sleep', '10000')).split('\n').at(-1) ?? ''
  })
  afterAll(async () => {
    vi.unstubAllEnvs()
    await engine.remove()
  })

  it('is known for that, by the engine\'s word and by whose process keeps the container, in which namespace', async () => {
    const { host, engine: { isRootless } } = await testService().takeSnapshot(id, never)
    const { name, uid } = engine.user ?? expect.fail('it is root\'s')
    expect({ isRootless, where: host.where, engineUser: host.engineUser }).toEqual({ isRootless: true, where: 'rootless', engineUser: name })
    expect(host.proof).toMatch(new RegExp(`The engine says that it is rootless\\. (?:containerd-shim|conmon) \\(PID \\d+\\), which keeps its containers, runs as ${name}, UID ${uid}, in the user namespace \\d+, which is not the kernel’s first\\.`))
  }, SLOW_ENGINE_MS)

  it('has no helper: it would read the namespace\'s ids for the machine\'s', async () => {
    const service = testService({ procRoot: '/nonexistent' })
    service.permitHelper('every')
    const { problems, evidence, processes } = await service.takeSnapshot(id, never)
    await service.close()
    expect({ codes: problems.map(({ code }) => code), step: evidence.hostProcesses.step, users: processes.flatMap(({ hostUid }) => hostUid ?? []) })
      .toMatchObject({ codes: expect.arrayContaining(['HELPER_REFUSED']), step: null, users: kind === 'podman-rootless' ? [engine.user?.uid] : [] })
    expect(await docker('ps', '--all', '--quiet', '--no-trunc')).toBe(id)
  }, SLOW_ENGINE_MS)
})
