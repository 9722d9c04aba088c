import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createService } from '../../../../engine/service'
import type { LiveSample } from '../../../../shared/model/live'
import { SMALLEST_INSPECT } from '../../../support/smallest-inspect'
import { tempFolder } from '../../../support/temp-folder'

const ID = 'c'.repeat(64)
const NO_SAMPLE = { at: undefined, inside: null, host: null, cpuSeconds: null, memoryBytes: null, pids: null, readAtSeconds: null }
const ZERO_FRAME = { read: '0001-01-01T00:00:00Z', cpu_stats: { cpu_usage: { total_usage: 0 } }, memory_stats: {}, pids_stats: {} }

let server: Server
let address: string
/** The paths that were asked for, without their version. */
let asked: string[]
let stats: ServerResponse | undefined
let pid: number
let isAsleep: boolean

/** An engine of another kernel: this computer's procfs, here an empty folder, shows none of its processes. */
beforeEach(async () => {
  [asked, stats, pid, isAsleep] = [[], undefined, 4242, false]
  const path = join(tempFolder(), 'engine.sock')
  address = `unix://${path}`
  server = createServer((request, response) => {
    const route = (request.url ?? '').replace(/^\/v[\d.]+/, '').replace(/\?.*/, '').replace(ID, '{id}')
    asked.push(route)
    if (isAsleep) {
      response.writeHead(503).end('{"message":"the engine is asleep"}')
      return
    }
    if (route === '/containers/{id}/stats') {
      stats = response
      response.writeHead(200).flushHeaders()
      return
    }
    const answers: Record<string, object> = {
      '/version': { Version: '29.0.0', ApiVersion: '1.51', MinAPIVersion: '1.44', Os: 'linux', Arch: 'amd64', KernelVersion: '6.1' },
      '/info': { ID: 'engine', Name: 'elsewhere', ServerVersion: '29.0.0', OperatingSystem: 'Linux', KernelVersion: '6.1', Architecture: 'x86_64', Driver: 'overlay2', CgroupVersion: '2', CgroupDriver: 'systemd', SecurityOptions: [] },
      '/containers/{id}/json': { ...SMALLEST_INSPECT, Id: ID, Name: '/app', State: { Status: pid === 0 ? 'exited' : 'running', Pid: pid } },
    }
    response.end(JSON.stringify(answers[route] ?? {}))
  })
  server.listen(path)
  await once(server, 'listening')
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

async function* watch(): AsyncGenerator<LiveSample[]> {
  const service = createService({ env: { DOCKER_HOST: address }, homeDirectory: '/nowhere', platform: 'linux', isoscopeVersion: '0', now: () => new Date(), procRoot: tempFolder() })
  yield* service.handlers['live.watch']({ containerId: ID, everyMs: 250 }, { signal: new AbortController().signal })
}

const valuesOf = (samples: LiveSample[] | undefined) => samples?.map(sample => ({ ...sample, at: undefined }))
const next = async (samples: AsyncGenerator<LiveSample[]>) => valuesOf((await samples.next()).value)
const frame = (cpu: number) => JSON.stringify({ read: new Date().toISOString(), cpu_stats: { cpu_usage: { total_usage: cpu } }, memory_stats: { usage: 4096 }, pids_stats: { current: 3 } })

it('takes the engine\'s own figures where its kernel cannot be read, counts nothing, and has no sample once the container has ended', async () => {
  const samples = watch()
  expect(await next(samples)).toEqual([])
  const first = samples.next()
  await expect.poll(() => stats !== undefined, { timeout: 8000 }).toBe(true)
  stats?.write(`${frame(2e9)}\n`)
  expect(valuesOf((await first).value)).toEqual([{ ...NO_SAMPLE, cpuSeconds: 2, memoryBytes: 4096, pids: 3, readAtSeconds: expect.any(Number) }])
  const second = samples.next()
  pid = 0
  stats?.write(`${JSON.stringify(ZERO_FRAME)}\n`)
  expect([valuesOf((await second).value), await next(samples)]).toEqual([[NO_SAMPLE], [NO_SAMPLE]])
  await samples.return(undefined)
})

it('closes the stream of statistics when its reader leaves', async () => {
  const samples = watch()
  await samples.next()
  const first = samples.next()
  await expect.poll(() => stats !== undefined, { timeout: 8000 }).toBe(true)
  stats?.write(`${frame(1)}\n`)
  await first
  const closed = stats && once(stats, 'close')
  await samples.return(undefined)
  await closed
})

it('asks an engine that does not answer once, not every beat, and says no zero meanwhile', async () => {
  isAsleep = true
  const samples = watch()
  await samples.next()
  const first = await next(samples)
  const count = asked.length
  expect([first, await next(samples), await next(samples), await next(samples), await next(samples)]).toEqual(Array(5).fill([NO_SAMPLE]))
  expect(asked.length).toBe(count)
  await samples.return(undefined)
})

it('asks nothing at all while its reader does not', async () => {
  const samples = watch()
  await samples.next()
  expect(asked).toEqual([])
  await samples.return(undefined)
})
