import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { connectDocker, type DockerEngine } from '../../../../engine/sources/docker'
import { failure, type FakeEngine, listed, raw, type Reply, startFakeEngine } from '../../../support/fake-engine'
import { startEngineProxy } from '../../../support/engine-proxy'
import { tempFolder } from '../../../support/temp-folder'

const never = new AbortController().signal

const opened: { close?: () => void, end?: () => Promise<void> }[] = []
afterEach(async () => {
  vi.useRealTimers()
  for (const each of opened.splice(0)) {
    each.close?.()
    await each.end?.()
  }
})

async function fake(replies: Record<string, Reply> = {}): Promise<FakeEngine> {
  const engine = await startFakeEngine(replies)
  opened.push(engine)
  return engine
}

function connect(address: string): DockerEngine {
  const docker = connectDocker({ origin: 'test', address }, process.env)
  opened.unshift(docker)
  return docker
}

/** Counts who comes. */
async function startWebServer(): Promise<{ address: string, count: () => number }> {
  let count = 0
  const server = createServer((_request, response) => {
    count += 1
    response.end('[]')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  opened.push({ close: () => server.close() })
  const address = server.address()
  return { address: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`, count: () => count }
}

const versions = (ApiVersion: unknown, MinAPIVersion?: unknown): Record<string, Reply> => ({ '/version': { Version: 'x', ApiVersion, MinAPIVersion } })

describe('the version of the API', () => {
  it.each([
    ['1.41', '1.12', '1.41'],
    ['1.24', undefined, '1.24'],
    ['1.51', '1.44', '1.51'],
    ['1.52', '1.44', '1.51'],
    ['9.9', '1.51', '1.51'],
    ['1.41', 'junk', '1.41'],
  ])('of an engine that knows %s down to %s is %s', async (newest, oldest, spoken) => {
    const engine = await fake(versions(newest, oldest))
    const docker = connect(engine.address)
    expect((await docker.version(never)).spokenApiVersion).toBe(spoken)
    await docker.list(never)
    expect(engine.requests).toEqual(['GET /version', `GET /v${spoken}/containers/json`])
  })

  it.each([
    ['1.23', '1.12', 'ENGINE_TOO_OLD'],
    ['0.9', undefined, 'ENGINE_TOO_OLD'],
    ['1.60', '1.52', 'ENGINE_TOO_NEW'],
    ['9.9', '2.0', 'ENGINE_TOO_NEW'],
    ['1.x', undefined, 'ENGINE_UNREACHABLE'],
    ['1.44.1', undefined, 'ENGINE_UNREACHABLE'],
    ['', undefined, 'ENGINE_UNREACHABLE'],
    [141, undefined, 'ENGINE_UNREACHABLE'],
  ])('of an engine that knows %j down to %j is none: %s', async (newest, oldest, code) => {
    const engine = await fake(versions(newest, oldest))
    await expect(connect(engine.address).list(never)).rejects.toMatchObject({ problem: { code } })
    expect(engine.requests).toEqual(['GET /version'])
  })

  it('is settled anew when the engine was updated meanwhile, or set back', async () => {
    const engine = await fake(versions('1.41', '1.12'))
    const docker = connect(engine.address)
    await docker.list(never)
    const refusing = (speaks: string, words: string): Reply => (request, response) => {
      if (request.url?.startsWith(`/v${speaks}/`))
        response.writeHead(200).end('[]')
      else
        response.writeHead(400).end(JSON.stringify({ message: words }))
    }
    engine.replies.set('/version', { Version: 'x', ApiVersion: '1.51', MinAPIVersion: '1.44' })
    engine.replies.set('/containers/json', refusing('1.51', 'client version 1.41 is too old. Minimum supported API version is 1.44, please upgrade your client to a newer version'))
    expect(await docker.list(never)).toEqual([])
    engine.replies.set('/version', { Version: 'x', ApiVersion: '1.45', MinAPIVersion: '1.24' })
    engine.replies.set('/containers/json', refusing('1.45', 'client version 1.51 is too new. Maximum supported API version is 1.45'))
    expect(await docker.list(never)).toEqual([])
    expect(engine.requests.slice(2)).toEqual([
      'GET /v1.41/containers/json', 'GET /version', 'GET /v1.51/containers/json',
      'GET /v1.51/containers/json', 'GET /version', 'GET /v1.45/containers/json',
    ])
  })

  it('is settled anew for what is done, too', async () => {
    const engine = await fake(versions('1.41', '1.12'))
    const docker = connect(engine.address)
    await docker.list(never)
    engine.replies.set('/version', { Version: 'x', ApiVersion: '1.51', MinAPIVersion: '1.44' })
    engine.replies.set(`/containers/${'a'.repeat(64)}/start`, (request, response) => {
      const isOld = request.url?.startsWith('/v1.41/')
      response.writeHead(isOld ? 400 : 204).end(isOld ? '{"message":"client version 1.41 is too old. Minimum supported API version is 1.44"}' : undefined)
    })
    await docker.start('a'.repeat(64), never)
    expect(engine.requests.slice(2)).toEqual([`POST /v1.41/containers/${'a'.repeat(64)}/start`, 'GET /version', `POST /v1.51/containers/${'a'.repeat(64)}/start`])
  })

  it('is asked for once more and no oftener when an engine refuses whatever it is asked in', async () => {
    const engine = await fake({ '/containers/json': failure(400, 'client version 1.46 is too new. Maximum supported API version is 1.46') })
    await expect(connect(engine.address).list(never)).rejects.toMatchObject({ problem: { code: 'ENGINE_REFUSED' } })
    expect(engine.requests.filter(request => request.endsWith('/containers/json'))).toHaveLength(2)
  })
})

describe('what is no engine', () => {
  it('is told apart: a file, a folder, a link to nothing, nothing, and a socket that was left over', async () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'file'), '')
    mkdirSync(join(folder, 'folder'))
    symlinkSync('gone', join(folder, 'link'))
    const left = await startFakeEngine({}, join(folder, 'socket'))
    // Under another name it is not removed with its engine, like that of an engine that was killed.
    renameSync(left.path, join(folder, 'left'))
    await left.end()
    const words = async (name: string): Promise<unknown> =>
      connect(`unix://${join(folder, name)}`).version(never).then(() => 'an answer', ({ message }: Error) => message.replace(/.* does not answer: /, ''))
    expect(await Promise.all(['file', 'folder', 'link', 'nothing', 'left'].map(words))).toEqual([
      'that is a file, not a socket.', 'that is a folder, not a socket.', 'that is a link, and what it leads to is not there.', 'there is no such socket.',
      'nothing listens at that socket; it may be left over from an engine that has ended.',
    ])
  })

  it.each<[string, Reply]>([
    ['a page of HTML', raw('<html>hello</html>')],
    ['nothing', raw('')],
    ['JSON that ends early', raw('[{"Id":"')],
    ['null', raw('null')],
    ['a number that is none', raw('[{"Id":1e400}]')],
    ['a container from outside of time', [listed('x', { Created: 1e300 })]],
    ['a hundred thousand brackets', raw('['.repeat(100_000) + ']'.repeat(100_000))],
    ['an id that is a path', [listed('x', { Id: '../../info' })]],
    ['a number beyond what counts', raw('[{"Id":"' + 'a'.repeat(64) + '","Created":9223372036854775808}]')],
    ['two ids, of which the last is none', raw('[{"Id":"' + 'a'.repeat(64) + '","Id":7,"Created":1}]')],
    ['an error without words', (_request, response) => { response.writeHead(500).end() }],
    ['an error as HTML', (_request, response) => { response.writeHead(503).end('<html>') }],
  ])('answers with %s, and that is a problem that is told', async (_name, reply) => {
    const engine = await fake({ '/containers/json': reply })
    await expect(connect(engine.address).list(never)).rejects.toMatchObject({ problem: { code: expect.stringMatching(/^ENGINE_/) } })
  })

  it('sends Isoscope elsewhere, which goes nowhere', async () => {
    const elsewhere = await startWebServer()
    const engine = await fake({ '/containers/json': (_request, response) => { response.writeHead(302, { location: elsewhere.address }).end() } })
    await expect(connect(engine.address).list(never)).rejects.toMatchObject({ problem: { code: 'ENGINE_REFUSED' } })
    expect(elsewhere.count()).toBe(0)
  })

  it('gives a reason without end, of which the beginning is told', async () => {
    const engine = await fake({
      '/containers/json': (_request, response) => {
        response.writeHead(500)
        const more = (): void => {
          if (response.write('x'.repeat(10_000)) && !response.destroyed)
            setImmediate(more)
          else if (!response.destroyed)
            response.once('drain', more)
        }
        more()
      },
    })
    await expect(connect(engine.address).list(never)).rejects.toMatchObject({ problem: { code: 'ENGINE_REFUSED', what: expect.stringMatching(/^.{1,400}$/) } })
  })

  it('sends a gigabyte, of which no more than the limit is read', async () => {
    let sent = 0
    const piece = Buffer.alloc(1024 * 1024, ' ')
    const engine = await fake({
      '/containers/json': (_request, response) => {
        const more = (): void => {
          while (sent < 1024 && !response.destroyed) {
            sent += 1
            if (!response.write(piece))
              return void response.once('drain', more)
          }
        }
        more()
      },
    })
    await expect(connect(engine.address).list(never)).rejects.toMatchObject({ problem: { code: 'ENGINE_REPLY_TOO_LARGE' } })
    expect(sent).toBeLessThan(64)
  })

  it('never says a word, or stops in the middle: both have an end', async () => {
    const engine = await fake({ '/info': () => {}, '/containers/json': (_request, response) => { response.writeHead(200).write('[') } })
    const docker = connect(engine.address)
    await docker.version(never)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const frozen = expect(docker.info(never)).rejects.toMatchObject({ problem: { code: 'ENGINE_UNREACHABLE', what: expect.stringContaining('no answer within 10 s') } })
    const silent = expect(docker.list(never)).rejects.toMatchObject({ problem: { code: 'ENGINE_REPLY_CUT' } })
    await vi.waitUntil(() => engine.requests.length === 3)
    await vi.advanceTimersByTimeAsync(10_000)
    await frozen
    await vi.advanceTimersByTimeAsync(30_000)
    await silent
  })

  it('sends a byte now and then, without end', async () => {
    const engine = await fake({
      '/containers/json': (_request, response) => {
        response.writeHead(200).write('[')
        const timer = setInterval(() => response.write(' '), 10)
        response.once('close', () => clearInterval(timer))
      },
    })
    const docker = connect(engine.address)
    await docker.version(never)
    const clock = vi.spyOn(performance, 'now')
    const endless = expect(docker.list(never)).rejects.toMatchObject({ problem: { code: 'ENGINE_REPLY_CUT' } })
    await vi.waitUntil(() => engine.requests.length === 2)
    await new Promise(resolve => setTimeout(resolve, 50))
    const now = performance.now()
    clock.mockImplementation(() => now + 121_000)
    await endless
    clock.mockRestore()
  })

  it('cuts each reply after N bytes: a problem that is told, or the whole answer', async () => {
    const engine = await fake({ '/containers/json': [listed('whole')] })
    const proxy = await startEngineProxy(engine.path)
    opened.push(proxy)
    let whole = 0
    for (let bytes = 1; bytes <= 1024; bytes += bytes < 64 ? 1 : 13) {
      proxy.cutAfterBytes = bytes
      const docker = connect(proxy.address)
      const outcome = await docker.list(never).then(([container]) => container?.Names?.[0], error => error.problem.code)
      expect(outcome).toMatch(/^(?:\/whole|ENGINE_UNREACHABLE|ENGINE_REPLY_CUT)$/)
      whole += outcome === '/whole' ? 1 : 0
      docker.close()
    }
    expect(whole).toBeGreaterThan(0)
  })
})

describe('what is sent', () => {
  it.each([
    ['tcp://[bad', '/nonexistent'],
    ['tcp://127.0.0.1:1', '/nonexistent'],
    ['unix:///other.sock', ''],
  ])('goes to the endpoint alone, whatever DOCKER_HOST=%s and DOCKER_CERT_PATH=%s say', async (host, certificates) => {
    vi.stubEnv('DOCKER_HOST', host)
    vi.stubEnv('DOCKER_CERT_PATH', certificates)
    const engine = await fake()
    expect(await connect(engine.address).list(never)).toEqual([])
    expect(process.env['DOCKER_HOST']).toBe(host)
    vi.unstubAllEnvs()
  })

  it('goes over one connection when one thing is asked after the other', async () => {
    const engine = await fake()
    const proxy = await startEngineProxy(engine.path)
    opened.push(proxy)
    const docker = connect(proxy.address)
    for (let count = 0; count < 20; count += 1)
      await docker.list(never)
    expect(proxy.connectionCount()).toBe(1)
    expect(proxy.asked().match(/^GET .*$/gm)).toHaveLength(21)
  })

  it('is asked once when the engine fails: no storm', async () => {
    let count = 0
    const engine = await fake({
      '/containers/json': (_request, response) => {
        count += 1
        response.writeHead(count % 3 === 0 ? 500 : 200).end(count % 3 === 0 ? '{"message":"no"}' : '[]')
      },
    })
    const docker = connect(engine.address)
    const outcomes = await Promise.allSettled(Array.from({ length: 30 }, () => docker.list(new AbortController().signal)))
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(10)
    expect(count).toBe(30)
  })

  it('ends with the signal, and with the connection', async () => {
    const engine = await fake({ '/containers/json': () => {} })
    const docker = connect(engine.address)
    const stop = new AbortController()
    const aborted = expect(docker.list(stop.signal)).rejects.toThrow('enough')
    await vi.waitUntil(() => engine.requests.length === 2)
    stop.abort(new Error('enough'))
    await aborted
    const closed = expect(docker.list(never)).rejects.toMatchObject({ problem: { code: 'ENGINE_UNREACHABLE' } })
    await vi.waitUntil(() => engine.requests.length === 3)
    docker.close()
    await closed
  })
})
