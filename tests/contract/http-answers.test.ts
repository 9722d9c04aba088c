import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pagePolicy } from '../../shared/contract/page-policy'
import { openSession, openSocket, tokenOf } from '../support/web-client'
import { httpRequest, type RawAnswer, sendRaw } from './raw-http'
import { startTestHost, type TestHost } from './test-host'

let test: TestHost
let port: number
beforeAll(async () => {
  test = await startTestHost()
  port = test.host.port
})
afterAll(() => test.host.close())

const ask = (first: string, headers: string[] = [], body = ''): Promise<RawAnswer> =>
  sendRaw(port, httpRequest(first, [`Host: 127.0.0.1:${port}`, ...headers], body))

describe('an answer', () => {
  it.each(['/', '/index.html', '/assets/index-1a2b3c.js', '/nothing'])('to %s carries every guard and no CORS header', async (path) => {
    const { headers } = await ask(`GET ${path}`, [`Origin: http://127.0.0.1:${port}`])
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-security-policy': pagePolicy(`'self' ws://127.0.0.1:${port} ws://localhost:${port}`),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    expect([...headers.keys()].filter(name => name.startsWith('access-control') || name === 'set-cookie' || name === 'server' || name === 'x-powered-by')).toEqual([])
  })

  it('is cached for ever when its name holds a hash, and never otherwise', async () => {
    expect((await ask('GET /')).headers.get('cache-control')).toBe('no-store')
    expect((await ask('GET /assets/index-1a2b3c.js')).headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  })

  it('to HEAD has the length and no body', async () => {
    const { status, headers, body } = await ask('HEAD /')
    expect([status, headers.get('content-length'), headers.get('content-type'), body]).toEqual([200, '34', 'text/html; charset=utf-8', ''])
  })

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])('to %s of a file is: not found', async (method) => {
    expect(await ask(`${method} /`)).toMatchObject({ status: 404, body: 'Not Found\n' })
  })

  it.each(['GET', 'HEAD', 'PUT', 'OPTIONS'])('to %s of the session\'s path is: not found', async (method) => {
    expect((await ask(`${method} /session`)).status).toBe(404)
  })

  it('to CONNECT is none', async () => {
    expect(await sendRaw(port, `CONNECT 127.0.0.1:${port} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`)).toMatchObject({ status: 0, body: '' })
  })

  const paths = [
    '/../etc/passwd', '/..%2f..%2fetc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/..\\..\\etc\\passwd', '/..%5c..%5cetc%5cpasswd', '//etc/passwd', '///', '/./index.html',
    '/assets/../index.html', '/assets/..', '/assets', '/assets/', '/index.html/', '/index.html/.', '/INDEX.HTML', '/index.html%00', '/index.html%00.js', '/%69ndex.html',
    '/index.htm', '/index.html.map', '/?', '/?token=x', '/index.html?x', '/index.html;x', '/.git/config', '/.env', '/package.json', '/proc/self/environ', '/%2fetc/passwd',
    '/%252e%252e/etc/passwd', '/..;/etc/passwd', '/assets//index-1a2b3c.js', '/assets/index-1a2b3c.js/', '/@fs/etc/passwd', '/~root', '/C:/Windows', '/file:///etc/passwd',
    '/constructor', '/__proto__', '/toString', '/%', '/%zz', '/%c0%ae%c0%ae/etc/passwd',
  ]
  it.each(paths)('to %s is: not found', async (path) => {
    expect(await ask(`GET ${path}`)).toMatchObject({ status: 404, body: 'Not Found\n' })
  })

  it('to a path of 4,000 characters is: not found', async () => {
    expect((await ask(`GET /${'a'.repeat(4000)}`)).status).toBe(404)
  })

  it('is 400 when the headers are larger than 8 KiB', async () => {
    expect((await ask('GET /', [`X: ${'a'.repeat(9000)}`])).status).toBe(400)
  })
})

describe('the host stays up', () => {
  it('through 500 malformed Hosts, Origins and protocols', async () => {
    const random = mulberry(20)
    const session = await openSession(test.host.port, tokenOf(test.links))
    const socket = await openSocket(test.host.port, session)
    const shapes = Array.from({ length: 500 }, () => malformed(random, port))
    const statuses: number[] = []
    for (let start = 0; start < shapes.length; start += 25)
      statuses.push(...(await Promise.all(shapes.slice(start, start + 25).map(shape => sendRaw(port, shape)))).map(({ status }) => status))
    expect(statuses.filter(status => ![0, 400, 403, 404].includes(status))).toEqual([])
    expect(socket.readyState).toBe(socket.OPEN)
    expect((await ask('GET /')).status).toBe(200)
    socket.terminate()
  })

  it('when clients leave in the middle', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, index) => new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(`POST /session HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: http://127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"tok`)
        if (index % 2)
          socket.resetAndDestroy()
        else
          socket.destroy()
      })
      socket.on('close', () => resolve())
    })))
    expect((await ask('GET /')).status).toBe(200)
  })

  it('and lets go of a client that sends its headers too slowly', async () => {
    const startedAt = performance.now()
    expect((await sendRaw(port, `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`)).status).toBe(400)
    expect(performance.now() - startedAt).toBeLessThan(7_500)
  })
})

/** A small seeded generator, so that a failing shape can be had again. */
function mulberry(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6D2B79F5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function malformed(random: () => number, port: number): Buffer {
  const bytes = (): string => String.fromCharCode(...Array.from({ length: Math.floor(random() * 40) }, () => Math.floor(random() * 256)))
  const names = ['Host', 'Origin', 'Sec-WebSocket-Protocol', 'Sec-WebSocket-Key', 'Upgrade', 'Content-Length', 'Transfer-Encoding', 'Sec-Fetch-Site', 'Connection', bytes()]
  const name = (): string => names[Math.floor(random() * names.length)] ?? ''
  const lines = Array.from({ length: 1 + Math.floor(random() * 4) }, () => `${name()}: ${bytes()}`)
  const host = random() < 0.5 ? [`Host: 127.0.0.1:${port}`, 'Connection: Upgrade', 'Upgrade: websocket'] : []
  return Buffer.from([`GET ${random() < 0.7 ? '/wire' : bytes()} HTTP/1.1`, ...host, ...lines, '', ''].join('\r\n'), 'latin1')
}
