import { execFileSync } from 'node:child_process'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWebHost } from '../../cli/web/web-host'
import { newSocket, openSession, openSocket, tokenOf } from '../support/web-client'
import { httpRequest, sendRaw } from './raw-http'
import { startTestHost, type TestHost } from './test-host'

let test: TestHost
let port: number
let session: string

beforeAll(async () => {
  test = await startTestHost()
  port = test.host.port
  session = await openSession(test.host.port, tokenOf(test.links))
})
afterAll(() => test.host.close())

const get = async (headers: string[], path = '/'): Promise<number> =>
  (await sendRaw(port, httpRequest(`GET ${path}`, headers))).status

const upgrade = async (headers: string[], path = '/wire'): Promise<number> =>
  (await sendRaw(port, [
    `GET ${path} HTTP/1.1`, 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ...headers, '', '',
  ].join('\r\n'))).status

const own = (): string => `Host: 127.0.0.1:${port}`
const ownOrigin = (): string => `Origin: http://127.0.0.1:${port}`
const ownProtocol = (): string => `Sec-WebSocket-Protocol: isoscope.v1, session.${session}`

describe('the Host header', () => {
  it.each(['127.0.0.1', 'localhost'])('lets %s through with our port', async (name) => {
    expect(await get([`Host: ${name}:${port}`])).toBe(200)
  })

  const strangers = [
    'evil.test', 'evil.test:PORT', '127.0.0.1.evil.test:PORT', 'localhost.evil.test:PORT', 'evil.test#127.0.0.1:PORT', '127.0.0.1', 'localhost', '127.0.0.1:1',
    'localhost:80', '127.0.0.1:PORT0', 'localhost.:PORT', '127.0.0.1.:PORT', 'LOCALHOST:PORT', '127.1:PORT', '127.0.0.2:PORT', '2130706433:PORT', '0x7f.1:PORT',
    '0177.0.0.1:PORT', '0.0.0.0:PORT', '[::1]:PORT', '[::ffff:127.0.0.1]:PORT', '::1', 'user@127.0.0.1:PORT', '127.0.0.1:PORT@evil.test', 'http://127.0.0.1:PORT',
    '127.0.0.1:PORT/', '127.0.0.1:PORT, evil.test', '127.0.0.1 :PORT', '', '*', 'null', 'xn--localhost-:PORT', '127。0。0。1:PORT', 'localhost%00:PORT',
  ]
  it.each(strangers)('refuses %j, also for an upgrade with an open session', async (shape) => {
    const host = `Host: ${shape.replace('PORT', String(port))}`
    expect([400, 403]).toContain(await get([host]))
    expect([400, 403]).toContain(await upgrade([host, ownOrigin(), ownProtocol()]))
  })

  it('refuses a request without one, with two, and with a whole address in the first line', async () => {
    expect(await get([])).toBe(400)
    expect(await upgrade([ownOrigin(), ownProtocol()])).toBe(400)
    expect(await get([own(), 'Host: evil.test'])).toBe(400)
    expect(await get([own(), own()])).toBe(400)
    expect(await get([own()], `http://127.0.0.1:${port}/`)).toBe(400)
    expect(await get([own()], 'http://evil.test/')).toBe(400)
    expect(await get([own()], '*')).toBe(400)
  })
})

describe('the Origin', () => {
  const strangers = [
    'null', '', 'http://evil.test', 'http://evil.test:PORT', 'https://127.0.0.1:PORT', 'http://127.0.0.1', 'http://127.0.0.1:1', 'http://127.0.0.1:PORT0', 'http://127.0.0.1:PORT/',
    'http://127.0.0.1:PORT.evil.test', 'http://127.0.0.1.evil.test:PORT', 'http://localhost:PORT', 'http://[::1]:PORT', 'HTTP://127.0.0.1:PORT', 'file://', 'app://isoscope',
    'chrome-extension://abcdefgh', 'http://127.0.0.1:PORT http://evil.test',
  ]
  it.each(strangers)('%j is refused for the page, for a session and for a socket', async (shape) => {
    const origin = `Origin: ${shape.replace('PORT', String(port))}`
    expect(await get([own(), origin])).toBe(403)
    expect((await sendRaw(port, httpRequest('POST /session', [own(), origin, 'Content-Type: application/json', 'Content-Length: 2'], '{}'))).status).toBe(403)
    expect(await upgrade([own(), origin, ownProtocol()])).toBe(403)
  })

  it('must be there for a session and for a socket', async () => {
    const body = JSON.stringify({ token: tokenOf(test.links) })
    const headers = [own(), 'Content-Type: application/json', `Content-Length: ${body.length}`]
    expect((await sendRaw(port, httpRequest('POST /session', headers, body))).status).toBe(403)
    expect(await upgrade([own(), ownProtocol()])).toBe(403)
  })

  it.each(['cross-site', 'same-site', 'anything'])('gives way to a browser that says %s', async (site) => {
    expect(await get([own(), `Sec-Fetch-Site: ${site}`])).toBe(403)
    expect(await upgrade([own(), ownOrigin(), ownProtocol(), `Sec-Fetch-Site: ${site}`])).toBe(403)
  })

  it.each(['same-origin', 'none'])('may come with a browser that says %s', async (site) => {
    expect(await get([own(), `Sec-Fetch-Site: ${site}`])).toBe(200)
  })
})

describe('a socket', () => {
  it('opens with the session, and is told the protocol without it', async () => {
    const before = test.wires.length
    const socket = await openSocket(test.host.port, session)
    expect(socket.protocol).toBe('isoscope.v1')
    expect(test.wires.length).toBe(before + 1)
    socket.terminate()
  })

  const wrong: [string, (session: string) => string[]][] = [
    ['no protocol', () => []],
    ['no session', () => ['isoscope.v1']],
    ['only a session', session => [`session.${session}`]],
    ['an empty session', () => ['isoscope.v1', 'session.']],
    ['a wrong session', () => ['isoscope.v1', `session.${'A'.repeat(43)}`]],
    ['the beginning of one', session => ['isoscope.v1', `session.${session.slice(0, -1)}`]],
    ['more than one', session => ['isoscope.v1', `session.${session}A`]],
    ['two sessions', session => ['isoscope.v1', `session.${'A'.repeat(43)}`, `session.${session}`]],
    ['one that is open and another', session => ['isoscope.v1', `session.${session}`, `session.${'A'.repeat(43)}`]],
    ['another version', session => ['isoscope.v2', `session.${session}`]],
    ['the other order', session => [`session.${session}`, 'isoscope.v1']],
    ['no word before it', session => ['isoscope.v1', session]],
  ]
  it.each(wrong)('is refused with %s', async (_words, protocols) => {
    const before = test.wires.length
    const refused = new Promise((resolve) => {
      const socket = newSocket(test.host.port, protocols(session))
      socket.once('unexpected-response', (_request, response) => resolve(response.statusCode))
      socket.once('error', resolve)
    })
    expect(await refused).toBe(403)
    expect(test.wires.length).toBe(before)
  })

  const paths = ['/', '/index.html', '/session', '/wire/', '/wire?x', '//wire', '/Wire', '/wire%2e', '/assets/index-1a2b3c.js', '/__vite_hmr', '/ws', '/socket.io/?EIO=4']
  it.each(paths)('opens on no other path: %s', async (path) => {
    expect(await upgrade([own(), ownOrigin(), ownProtocol()], path)).toBe(403)
  })

  it('of another kind is refused', async () => {
    expect((await sendRaw(port, `GET /wire HTTP/1.1\r\n${own()}\r\n${ownOrigin()}\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n`)).status).toBe(403)
  })

  it('of another host\'s session is refused', async () => {
    const other = await startTestHost()
    const theirs = await openSession(other.host.port, tokenOf(other.links))
    await other.host.close()
    await expect(openSocket(test.host.port, theirs)).rejects.toThrow('403')
  })
})

describe('the host', () => {
  it('listens on 127.0.0.1 and nowhere else', () => {
    const lines = execFileSync('ss', ['-ltnH'], { encoding: 'utf8' }).split('\n').map(line => line.split(/\s+/)[3])
    expect(lines.filter(address => address?.endsWith(`:${port}`))).toEqual([`127.0.0.1:${port}`])
  })

  it('is not there for this computer\'s other addresses', async () => {
    const others = Object.values(networkInterfaces()).flatMap(list => list ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal)
    const answers = await Promise.all(['127.0.0.2', ...others.map(({ address }) => address)].map(address => new Promise((resolve) => {
      const socket = connect(port, address)
      socket.once('connect', () => resolve('connected'))
      socket.once('error', error => resolve('code' in error ? error.code : error))
    })))
    expect(answers).toEqual(answers.map(() => 'ECONNREFUSED'))
  })

  it('says which port is taken', async () => {
    await expect(createWebHost({ port, pageFiles: new Map(), onLink: () => {}, onWire: () => {} }))
      .rejects.toMatchObject({ problem: { code: 'PORT_UNAVAILABLE', what: expect.stringContaining(String(port)) } })
  })
})
