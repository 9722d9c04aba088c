import { Duplex, type Readable } from 'node:stream'
import type { z } from 'zod'
import type { Endpoint } from '../../shared/model/engine'
import { ProblemError } from '../../shared/model/problem'
import { type NegotiatedVersion, RawVersion } from '../parse/docker-version'
import { actionRequest, type EngineAction } from './action-gate'
import { isVersionRefusal, spokenVersion } from './api-version'
import type { ReachableEndpoint } from './endpoint-target'
import { engineFailure } from './engine-failure'
import { type EngineRequest, requestPath } from './engine-gate'
import { type HttpRequest, sendRequest } from './http-request'
import { drained, jsonLines, readWhole } from './read-body'
import { openTransport } from './transport'

/** How an engine is spoken to, whatever is said: through the gates, in the version that both know, on a deadline, and every failure is a ProblemError. */
export interface EngineWire {
  readonly endpoint: Endpoint
  /** Also settles anew in which version everything else is asked; throws ProblemError ENGINE_TOO_OLD or ENGINE_TOO_NEW. */
  readonly version: (signal: AbortSignal) => Promise<NegotiatedVersion>
  /** What `version` told last; the engine is asked once where nobody has asked yet. */
  readonly settledVersion: (signal: AbortSignal) => Promise<NegotiatedVersion>
  /** Resolves when the engine begins to answer. The caller must read what comes, or destroy it. */
  readonly open: (request: EngineRequest, signal: AbortSignal, waitMs?: number) => Promise<Readable>
  /** The whole answer, of that schema. */
  readonly ask: <T extends z.ZodType>(schema: T, request: EngineRequest, signal: AbortSignal, waitMs?: number) => Promise<z.output<T>>
  /** Changes the engine; resolves when it begins to answer. */
  readonly act: (action: EngineAction, signal: AbortSignal, waitMs?: number) => Promise<Readable>
  /** The same, for the whole answer as it is. */
  readonly told: (action: EngineAction, signal: AbortSignal, waitMs?: number) => Promise<string>
  /** The same, for an answer of that schema. */
  readonly made: <T extends z.ZodType>(schema: T, action: EngineAction, signal: AbortSignal) => Promise<z.output<T>>
  /** The same, for a connection of its own: the caller must end it. */
  readonly handedOver: (action: EngineAction, signal: AbortSignal) => Promise<Duplex>
  /** An answer as it comes, in its own bytes, read without pause. */
  readonly bytes: (body: Readable, signal: AbortSignal) => AsyncGenerator<Buffer>
  /** An answer of one JSON text a line; what is not of the schema is left out. */
  readonly lines: <T extends z.ZodType>(schema: T, body: Readable, signal: AbortSignal) => AsyncGenerator<z.output<T>>
  /** Nothing more will be asked: connections end when they have brought their answers. */
  readonly retire: () => void
  /** Every connection ends now; what runs over one fails. */
  readonly close: () => void
}

const FIRST_BYTE_MS = 10_000
/** To start a container takes an idle engine a fifth of a second. */
const ACTION_MS = 30_000

/** Nothing is sent before the first call. `env` is for `ssh`. Throws ProblemError for an address that it may not use. */
export function openWire(reachable: ReachableEndpoint, env: NodeJS.ProcessEnv): EngineWire {
  const endpoint: Endpoint = { origin: reachable.origin, address: reachable.address }
  const transport = openTransport(reachable, env)
  let settled: Promise<NegotiatedVersion> | undefined

  function send(request: HttpRequest, waitMs: number, signal: AbortSignal): Promise<Readable | Duplex> {
    const deadline = new AbortController()
    const abort = (): void => deadline.abort()
    const timer = setTimeout(abort, waitMs)
    signal.addEventListener('abort', abort, { once: true })
    return sendRequest(transport, request, deadline.signal).catch((error: unknown) => {
      signal.throwIfAborted()
      throw engineFailure(endpoint, deadline.signal.aborted ? `no answer within ${waitMs / 1000} s` : error)
    }).finally(() => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
    })
  }

  const get = (path: string, query: EngineRequest['query'], waitMs: number, signal: AbortSignal): Promise<Readable> =>
    send({ method: 'GET', path, ...query && { query } }, waitMs, signal)

  async function act(action: EngineAction, signal: AbortSignal, waitMs = ACTION_MS): Promise<Readable | Duplex> {
    const request = actionRequest(action)
    return inSpokenVersion(signal, prefix => send({ ...request, path: `${prefix}${request.path}` }, waitMs, signal))
  }

  async function handedOver(action: EngineAction, signal: AbortSignal): Promise<Duplex> {
    const stream = await act(action, signal)
    if (stream instanceof Duplex)
      return stream
    stream.destroy()
    throw engineFailure(endpoint, 'it does not hand over the connection to the container')
  }

  async function version(signal: AbortSignal): Promise<NegotiatedVersion> {
    const body = await get(requestPath({ route: 'version' }), undefined, FIRST_BYTE_MS, signal)
    const told = parseAnswer(RawVersion, 'version', await whole(body, signal))
    const negotiated = { ...told, spokenApiVersion: spokenVersion(endpoint, told) }
    settled = Promise.resolve(negotiated)
    return negotiated
  }

  /** Once for each connection, and again when the engine no longer takes that version. */
  function settledVersion(signal: AbortSignal): Promise<NegotiatedVersion> {
    settled ??= version(signal).catch((error: unknown) => {
      settled = undefined
      throw error
    })
    return settled
  }

  /** Once more where the engine no longer takes the version: it was updated, or set back. It has done nothing then. */
  async function inSpokenVersion<T>(signal: AbortSignal, request: (prefix: string) => Promise<T>): Promise<T> {
    const { spokenApiVersion } = await settledVersion(signal)
    try {
      return await request(`/v${spokenApiVersion}`)
    }
    catch (error) {
      if (!(error instanceof ProblemError) || error.problem.code !== 'ENGINE_REFUSED' || !isVersionRefusal(error.problem.what))
        throw error
      return request(`/v${(await version(signal)).spokenApiVersion}`)
    }
  }

  async function open(request: EngineRequest, signal: AbortSignal, waitMs = FIRST_BYTE_MS): Promise<Readable> {
    const path = requestPath(request)
    return inSpokenVersion(signal, prefix => get(`${prefix}${path}`, request.query, waitMs, signal))
  }

  async function ask<T extends z.ZodType>(schema: T, request: EngineRequest, signal: AbortSignal, waitMs?: number): Promise<z.output<T>> {
    return parseAnswer(schema, request.route, await whole(await open(request, signal, waitMs), signal))
  }

  const whole = (body: Readable, signal: AbortSignal): Promise<string> => readWhole(body, signal).catch((error: unknown) => {
    signal.throwIfAborted()
    throw engineFailure(endpoint, error)
  })

  function parseAnswer<T extends z.ZodType>(schema: T, route: string, text: string): z.output<T> {
    const parsed = schema.safeParse(parseJson(endpoint, text))
    if (!parsed.success)
      throw engineFailure(endpoint, `its answer to "${route}" is not of the Docker Engine API (${parsed.error.issues[0]?.path.join('.') ?? ''})`)
    return parsed.data
  }

  return {
    endpoint,
    version,
    settledVersion,
    open,
    ask,
    act,
    told: async (action, signal, waitMs) => whole(await act(action, signal, waitMs), signal),
    made: async (schema, action, signal) => parseAnswer(schema, action.action, await whole(await act(action, signal), signal)),
    handedOver,
    bytes: (body, signal) => orFailure(endpoint, drained(body, signal, null), signal),
    lines: (schema, body, signal) => parseLines(endpoint, schema, body, signal),
    retire: transport.retire,
    close: transport.close,
  }
}

/** What is not of the schema is left out. */
async function* parseLines<T extends z.ZodType>(endpoint: Endpoint, schema: T, body: Readable, signal: AbortSignal): AsyncGenerator<z.output<T>> {
  for await (const line of orFailure(endpoint, jsonLines(body, signal), signal)) {
    const parsed = schema.safeParse(parseJson(endpoint, line))
    if (parsed.success)
      yield parsed.data
  }
}

/** The items of a stream; its failure is one of the engine. */
async function* orFailure<T>(endpoint: Endpoint, items: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  try {
    yield* items
  }
  catch (error) {
    // A killed engine resets the socket; an abort of ours ends it too.
    signal.throwIfAborted()
    throw engineFailure(endpoint, error)
  }
}

function parseJson(endpoint: Endpoint, text: string): unknown {
  try {
    return JSON.parse(text)
  }
  catch {
    throw engineFailure(endpoint, text === '' ? 'its answer is empty' : 'its answer is not JSON')
  }
}
