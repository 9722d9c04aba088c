import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { type Duplex, pipeline, type Readable } from 'node:stream'
import { z } from 'zod'
import type { Transport } from './transport'

/** One request to an engine. The gates alone form them. */
export interface HttpRequest {
  readonly method: string
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: { readonly json: unknown } | { readonly tar: Buffer } | { readonly stream: () => Readable } | null
  /** The engine is to hand over the connection itself, as for `attach`. */
  readonly isHijacked?: boolean
}

/** The engine answered, and said no. */
export class HttpRefusal extends Error {
  readonly statusCode: number

  constructor(statusCode: number, message: string) {
    super(message)
    this.name = 'HttpRefusal'
    this.statusCode = statusCode
  }
}

/** Of an answer that says why not; none is longer. */
const MAX_REASON_BYTES = 64 * 1024
const Reason = z.object({ message: z.string() })

/**
 * The body of a good answer, which must be read or destroyed, or the connection when it is handed over. The signal counts until then.
 * A redirection is no good answer: no engine sends Isoscope elsewhere. Throws HttpRefusal, or the error of the connection.
 */
export function sendRequest({ agent, host }: Transport, { method, path, query, body = null, isHijacked = false }: HttpRequest, signal: AbortSignal): Promise<Readable | Duplex> {
  const bytes = body === null || 'stream' in body ? null : 'tar' in body ? body.tar : Buffer.from(JSON.stringify(body.json))
  const isStreamed = body !== null && 'stream' in body
  const search = query && Object.keys(query).length > 0 ? `?${new URLSearchParams(query)}` : ''
  return new Promise((resolve, reject) => {
    const sent: ClientRequest = request({
      agent,
      method,
      path: `${path}${search}`,
      headers: {
        host,
        ...method === 'GET' || isStreamed ? {} : { 'content-length': bytes?.length ?? 0 },
        ...body === null ? {} : { 'content-type': 'tar' in body || isStreamed ? 'application/x-tar' : 'application/json' },
        ...isHijacked ? { connection: 'Upgrade', upgrade: 'tcp' } : {},
      },
    })
    // The option `signal` of Node.js 16 leaves a request without an answer as it is.
    const onAbort = (): void => {
      sent.destroy()
      reject(signal.reason)
    }
    if (signal.aborted)
      onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    sent.once('close', () => signal.removeEventListener('abort', onAbort))
    sent.on('error', reject)
    sent.once('upgrade', (_answer, socket, head) => {
      if (head.length > 0)
        socket.unshift(head)
      resolve(socket)
    })
    sent.once('response', (answer) => {
      const { statusCode = 0 } = answer
      if (statusCode >= 200 && statusCode < 300 || statusCode === 304)
        resolve(answer)
      else
        reasonOf(answer).then(reason => reject(new HttpRefusal(statusCode, reason)), reject)
    })
    if (isStreamed)
      pipeline(body.stream(), sent, (error) => { if (error) reject(error) })
    else
      sent.end(bytes ?? undefined)
  })
}

/** The engine's own words, `{"message": …}`; of anything else the beginning. */
async function reasonOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of answer) {
    chunks.push(chunk)
    length += chunk.length
    if (length > MAX_REASON_BYTES)
      break
  }
  const text = Buffer.concat(chunks).toString('utf8')
  try {
    return Reason.parse(JSON.parse(text)).message.trim()
  }
  catch {
    return text.slice(0, 200).trim() || 'without a word'
  }
}
