import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { hostname } from 'node:os'
import { afterAll, expect, it, vi } from 'vitest'
import { ownerOf, processOf } from '../../../engine/sources/owner'
import { removeAll } from '../../support/containers'
import { docker } from '../../support/docker'
import { start } from '../start'
import { testService } from '../take'

afterAll(removeAll)

const { signal } = new AbortController()

/** Of a process that has just ended. */
async function endedOwner(): Promise<ReturnType<typeof ownerOf>> {
  const child = spawn('sleep', ['100'])
  await once(child, 'spawn')
  const owner = ownerOf(hostname(), child.pid ?? 0)
  child.kill()
  await once(child, 'exit')
  return owner
}

it('shells that a killed Isoscope left are ended, with what they started and as whoever they are, and recorded; no other', async () => {
  const container = await start({ name: 'left-shells', flags: ['--network=none', '--stop-signal=SIGKILL'] })
  const ended = await endedOwner()
  const open = (mark: string | null, before: string, ...flags: string[]): Promise<string> =>
    docker('exec', '--detach', '--interactive', '--tty', ...flags, ...mark === null ? [] : ['--env', `ISOSCOPE_SHELL=${mark}`], container.name, 'sh', '-c', `${before} exec sh`)
  await open(`${processOf(ended)}/1`, 'sleep 1001 &')
  await open(`${processOf(ended)}/2`, 'sleep 1002 &', '--user', 'app')
  await open(`${processOf(ownerOf(hostname(), process.pid))}/3`, 'sleep 1003 &')
  await open('1234:aaaaaaaaaaaa-5/4', 'sleep 1004 &')
  await open('of-a-version-before', 'sleep 1005 &')
  await open(null, 'sleep 1006 &')
  const sleeps = async (): Promise<string[]> => [...(await docker('top', container.id, '-eo', 'pid,args')).matchAll(/ sleep (100\d)$/gm)].map(([, seconds = '']) => seconds).sort()
  await vi.waitUntil(async () => (await sleeps()).length === 6, { timeout: 10_000, interval: 50 })
  const service = testService()
  service.permitActions()
  await service.engineStatus(signal)
  await vi.waitUntil(async () => (await sleeps()).length === 4, { timeout: 15_000, interval: 100 })
  expect(await sleeps()).toEqual(['1003', '1004', '1005', '1006'])
  for await (const actions of service.handlers['actions.watch']({}, { signal })) {
    const own = actions.filter(({ command }) => command.includes(container.name))
    if (own.every(({ outcome }) => outcome === 'done')) {
      expect(own.map(({ command }) => command.replace(/\d+$/, 'PID')).sort()).toEqual([`docker exec ${container.name} kill -HUP PID`, `docker exec -u app ${container.name} kill -HUP PID`].sort())
      break
    }
  }
  await service.close()
})
