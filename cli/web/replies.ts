import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { pagePolicy } from '../../shared/contract/page-policy'
import type { PageFile } from './static-files'

/** Headers of every answer. There is no CORS header anywhere: no other page may read what this host says. */
export function guardHeaders(port: number): Record<string, string> {
  return {
    'Content-Security-Policy': pagePolicy(`'self' ws://127.0.0.1:${port} ws://localhost:${port}`),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  }
}

export const sendFile = (response: ServerResponse, file: PageFile): void => send(response, 200, file)

export function sendJson(response: ServerResponse, value: unknown): void {
  send(response, 200, { body: Buffer.from(JSON.stringify(value)), mediaType: 'application/json; charset=utf-8', cacheControl: 'no-store' })
}

/** The status in words and nothing about the cause: an error text would teach a stranger. */
export function sendError(response: ServerResponse, status: number): void {
  response.setHeader('Connection', 'close')
  send(response, status, { body: Buffer.from(`${STATUS_CODES[status]}\n`), mediaType: 'text/plain; charset=utf-8', cacheControl: 'no-store' })
}

function send(response: ServerResponse, status: number, { body, mediaType, cacheControl }: PageFile): void {
  response.writeHead(status, { 'Content-Type': mediaType, 'Content-Length': body.length, 'Cache-Control': cacheControl })
  response.end(body)
}

/** The same on a connection that has no response object: a refused upgrade, or bytes that are no HTTP. */
export function refuseSocket(socket: Duplex, status: number): void {
  socket.on('error', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy())
}
