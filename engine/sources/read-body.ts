import type { Readable } from 'node:stream'
import { ProblemError } from '../../shared/model/problem'

/** A list of 100 containers with labels of 2 MB each is a real case of hostility; 32 MiB holds thousands of honest ones. */
const MAX_REPLY_BYTES = 32 * 1024 * 1024
const IDLE_MS = 30_000
/** One that sends a byte now and then is never idle, and never done. */
const WHOLE_MS = 120_000

/** A whole reply as text. Throws ProblemError when it is too large or stops in the middle; the socket is never left open. */
export async function readWhole(body: Readable, signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  const endsAt = performance.now() + WHOLE_MS
  for await (const chunk of drained(body, signal, IDLE_MS)) {
    length += chunk.length
    if (length > MAX_REPLY_BYTES)
      throw new ProblemError({ code: 'ENGINE_REPLY_TOO_LARGE', what: 'The engine sent more than 32 MiB in one answer.', fix: 'Look for containers with very large labels: `docker ps -a --format "{{.Names}} {{.Labels}}"`.' })
    if (performance.now() > endsAt)
      throw cutShort()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const NEWLINE = 0x0A

/** Newline-delimited JSON, as `GET /events` sends it; ends when the engine does. Of a line beyond the limit only the end is told, which is no JSON. */
export async function* jsonLines(body: Readable, signal: AbortSignal): AsyncGenerator<string> {
  /** A line that has begun, in the pieces that it came in: every label of its container is in an event. */
  let begun: Buffer[] = []
  let length = 0
  for await (const chunk of drained(body, signal, null)) {
    let from = 0
    for (let to = chunk.indexOf(NEWLINE); to !== -1; to = chunk.indexOf(NEWLINE, from)) {
      const line = Buffer.concat([...begun, chunk.subarray(from, to)]).toString('utf8')
      begun = []
      length = 0
      from = to + 1
      if (line !== '')
        yield line
    }
    begun.push(chunk.subarray(from))
    length += chunk.length - from
    if (length > MAX_REPLY_BYTES) {
      begun = []
      length = 0
    }
  }
}

/** The chunks of a body; destroys its socket at the end, on an abort, and after `idleMs` without a byte. */
export async function* drained(body: Readable, signal: AbortSignal, idleMs: number | null): AsyncGenerator<Buffer> {
  const cut = (): void => {
    body.destroy(cutShort())
  }
  const onAbort = (): void => {
    body.destroy(new DOMException('aborted', 'AbortError'))
  }
  signal.addEventListener('abort', onAbort, { once: true })
  const timer = idleMs === null ? undefined : setTimeout(cut, idleMs)
  try {
    signal.throwIfAborted()
    for await (const chunk of body) {
      timer?.refresh()
      yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk)
    }
  }
  finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
    body.destroy()
  }
}

const cutShort = (): ProblemError =>
  new ProblemError({ code: 'ENGINE_REPLY_CUT', what: 'The engine stopped in the middle of an answer.', fix: 'Try again; if it happens again, restart the engine.' })
