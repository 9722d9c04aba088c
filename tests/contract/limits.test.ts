import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { watchLiveness } from '../../cli/web/liveness'
import { MAX_UNREAD_BYTES } from '../../cli/web/wire-websocket'
import { newSocket, openSession, openSocket, tokenOf } from '../support/web-client'
import { startTestHost, type TestHost } from './test-host'

describe('a socket\'s limits', () => {
  let test: TestHost
  let session: string
  beforeEach(async () => {
    test = await startTestHost()
    session = await openSession(test.host.port, tokenOf(test.links))
  })
  afterEach(() => test.host.close())

  const closeCode = async (socket: WebSocket): Promise<unknown> => (await once(socket, 'close'))[0]

  it('sixteen may be open, and a seventeenth when one has gone', async () => {
    const open = await Promise.all(Array.from({ length: 16 }, () => openSocket(test.host.port, session)))
    await expect(openSocket(test.host.port, session)).rejects.toThrow('503')
    open[0]?.terminate()
    await vi.waitFor(async () => (await openSocket(test.host.port, session)).terminate())
  })

  it('a message of 64 KiB is heard, a longer one ends the socket', async () => {
    const heard: unknown[] = []
    const socket = await openSocket(test.host.port, session)
    test.wires[0]?.onFrame(frame => heard.push(frame))
    const text = JSON.stringify('x'.repeat(64 * 1024 - 2))
    socket.send(text)
    await vi.waitFor(() => expect(heard).toEqual([JSON.parse(text)]))
    socket.send(`${text} `)
    expect(await closeCode(socket)).toBe(1009)
  })

  it.each([['bytes', Buffer.from('{}')], ['half a JSON text', '{"frame":'], ['nothing', '']])('%s end it', async (_words, message) => {
    const socket = await openSocket(test.host.port, session)
    test.wires[0]?.onFrame(() => {})
    socket.send(message)
    expect(await closeCode(socket)).toBe(1003)
  })

  it('compression is not agreed on, whatever the page offers', async () => {
    const socket = newSocket(test.host.port, ['isoscope.v1', `session.${session}`], { 'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits' })
    await once(socket, 'open')
    expect(socket.extensions).toBe('')
    socket.terminate()
  })

  it('a page that does not read is let go, and the memory with it', async () => {
    const socket = await openSocket(test.host.port, session)
    const wire = test.wires[0]
    const closed = new Promise<void>(resolve => wire?.onClose(resolve))
    socket.pause()
    const value = 'x'.repeat(1024 * 1024)
    const enough = 4 * MAX_UNREAD_BYTES / value.length
    for (let id = 0; id < enough; id += 1)
      wire?.send({ frame: 'item', id, value })
    await closed
    socket.terminate()
  })

  it('closing the host ends sockets, half-open requests and the port', async () => {
    const socket = await openSocket(test.host.port, session)
    const closed = closeCode(socket)
    await test.host.close()
    expect(await closed).toBe(1006)
    const again = createServer()
    again.listen(test.host.port, '127.0.0.1')
    await once(again, 'listening')
    again.close()
  })
})

it('a socket whose other end is silent for two pings is ended, one that answers is not', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const sockets = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await once(sockets, 'listening')
  const stop = watchLiveness(sockets)
  const address = sockets.address()
  const url = `ws://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const silent = new WebSocket(url, { autoPong: false })
  const alive = new WebSocket(url)
  await Promise.all([once(silent, 'open'), once(alive, 'open')])
  const ended = once(silent, 'close')
  const ponged = [...sockets.clients].map(client => once(client, 'pong'))
  vi.advanceTimersByTime(15_000)
  await Promise.race(ponged)
  vi.advanceTimersByTime(15_000)
  await ended
  expect(alive.readyState).toBe(WebSocket.OPEN)
  stop()
  alive.terminate()
  sockets.close()
  vi.useRealTimers()
})
