import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type DoneAction, LifecycleVerb } from '../../shared/model/action'
import { verbsFor } from '../../shared/text/lifecycle-words'
import { removeAll, type StartedContainer } from '../support/containers'
import { docker } from '../support/docker'
import { ensureBusyboxImage } from '../support/test-images'
import { start } from './start'
import { testService } from './take'

const { handlers, close } = testService()
const { signal } = new AbortController()

let container: StartedContainer
beforeAll(async () => { container = await start({ name: 'lifecycle', flags: ['--stop-timeout', '0'] }) })
afterAll(async () => {
  await close()
  await removeAll()
})

const act = (verb: LifecycleVerb, containerId = container.id): Promise<object> => handlers['container.act']({ containerId, verb }, { signal })
const inspected = (format: string): Promise<string> => docker('inspect', '--format', format, container.id)
const status = (): Promise<string> => inspected('{{.State.Status}}')

async function done(): Promise<DoneAction[]> {
  for await (const actions of handlers['actions.watch']({}, { signal }))
    return actions
  return []
}

describe('what is done to a container', () => {
  it('is what docker says of it then, and is recorded with the command that does the same', async () => {
    const before = await inspected('{{.State.StartedAt}}')
    for (const [verb, expected] of [['pause', 'paused'], ['unpause', 'running'], ['restart', 'running'], ['kill', 'exited'], ['start', 'running'], ['stop', 'exited']] as const) {
      await act(verb)
      expect([verb, await status()]).toEqual([verb, expected])
    }
    expect(await inspected('{{.State.StartedAt}}')).not.toBe(before)
    expect((await done()).map(({ command, outcome }) => `${command}: ${outcome}`)).toEqual(
      ['pause', 'unpause', 'restart', 'kill', 'start', 'stop'].map(verb => `docker ${verb} ${container.name}: done`))
  })

  it('is nothing when it is so already, as with docker', async () => {
    await act('stop')
    expect(await status()).toBe('exited')
  })

  it('is refused in the engine\'s words, with what to do, and recorded as failed', async () => {
    await act('start')
    await expect(act('rm')).rejects.toMatchObject({ problem: { code: 'CONTAINER_RUNS', what: expect.stringMatching(/runs, and is not removed while it does\. .*cannot remove a running container/), fix: 'Stop it first.' } })
    await act('pause')
    await expect(act('start')).rejects.toMatchObject({ problem: { code: 'CONTAINER_PAUSED' } })
    await act('stop')
    await expect(act('pause')).rejects.toMatchObject({ problem: { code: 'CONTAINER_ENDED', fix: 'Start it first.' } })
    await expect(act('unpause')).rejects.toMatchObject({ problem: { code: 'CONTAINER_NOT_PAUSED' } })
    expect((await done()).filter(({ outcome }) => outcome === 'failed').map(({ command }) => command.split(' ')[1])).toEqual(['rm', 'start', 'pause', 'unpause'])
  })

  describe.each([
    ['created', []],
    ['running', ['start']],
    ['paused', ['start', 'pause']],
    ['exited', ['start', 'kill']],
  ] as const)('that is %s', (from, way) => {
    it.each(LifecycleVerb.options)('%s is offered where the engine does it and something changes', async (verb) => {
      const id = await docker('create', '--name', `isoscope-test-${from}-${verb}-${process.pid}`, '--stop-timeout', '0', await ensureBusyboxImage(), 'sleep', '10000')
      try {
        for (const step of way)
          await docker(step, id)
        const look = (): Promise<string> => docker('inspect', '--format', '{{.State.Status}} {{.State.StartedAt}}', id).catch(() => 'gone')
        await vi.waitUntil(async () => (await look()).startsWith(from))
        const before = await look()
        const isDone = await docker(verb, id).then(() => true, () => false)
        // `docker restart` starts what has ended, too; here that is called what it is.
        const isStart = verb === 'restart' && (from === 'created' || from === 'exited')
        expect(verbsFor(from).includes(verb)).toBe(isDone && await look() !== before && !isStart)
      }
      finally {
        await docker('rm', '--force', id).catch(() => {})
      }
    })
  })

  it('says which port another one has', async () => {
    const holder = await start({ name: 'holds-port', flags: ['--publish', '127.0.0.1::80'] })
    const port = (await docker('port', holder.id, '80')).split(':').at(-1) ?? ''
    const rival = await docker('create', '--name', `${holder.name}-rival`, '--publish', `127.0.0.1:${port}:80`, await ensureBusyboxImage(), 'sleep', '10000')
    try {
      await expect(act('start', rival)).rejects.toMatchObject({ problem: { code: 'PORT_IN_USE', what: expect.stringContaining('-rival cannot have its port') } })
    }
    finally {
      await docker('rm', '--force', rival)
    }
  })

  it.each([
    ['a program that is not in the PATH', [], 'nope', 'PROGRAM_MISSING'],
    ['a program that is not where it was named', [], '/nope', 'PROGRAM_MISSING'],
    // The kernel's words for a file that is missing are the same, whichever file it is.
    ['a device of the host', ['--device', '/dev/isoscope-test-none'], 'true', 'ENGINE_REFUSED'],
  ])('says what is missing, and nothing else: %s', async (_what, flags, program, code) => {
    const id = await docker('create', ...flags, await ensureBusyboxImage(), program)
    try {
      await expect(act('start', id)).rejects.toMatchObject({ problem: { code } })
    }
    finally {
      await docker('rm', '--force', id)
    }
  })

  it('ends with its removal', async () => {
    await act('stop')
    await act('rm')
    await expect(status()).rejects.toThrow(/No such (?:object|container)/i)
    await expect(act('start')).rejects.toMatchObject({ problem: { code: 'CONTAINER_GONE' } })
  })
})
