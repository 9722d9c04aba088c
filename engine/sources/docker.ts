import { Duplex, type Readable } from 'node:stream'
import { z } from 'zod'
import type { Endpoint } from '../../shared/model/engine'
import { ProblemError } from '../../shared/model/problem'
import { RawInspect } from '../parse/docker-inspect'
import { RawContainer } from '../parse/docker-list'
import { RawStats } from '../parse/docker-stats'
import { type NegotiatedVersion, RawInfo, RawVersion } from '../parse/docker-version'
import { actionRequest, type EngineAction, HELPER_LABEL, OWNER_LABEL } from './action-gate'
import { isVersionRefusal, spokenVersion } from './api-version'
import type { ReachableEndpoint } from './endpoint-target'
import { engineFailure } from './engine-failure'
import { type EngineRequest, requestPath } from './engine-gate'
import { type HttpRequest, sendRequest } from './http-request'
import { jsonLines, readWhole } from './read-body'
import { openTransport } from './transport'

/** A change event of the engine (`GET /events`): that something happened to a container, and what. */
export const EngineEvent = z.object({ Action: z.string() })
export type EngineEvent = z.infer<typeof EngineEvent>

const Change = z.object({ Path: z.string(), Kind: z.number() })
export type Change = z.infer<typeof Change>
const Top = z.object({ Titles: z.array(z.string()), Processes: z.array(z.array(z.string())).nullish() })
export type Top = z.infer<typeof Top>

/** A helper container, as `GET /containers/json` has it. */
const RawHelper = z.object({ Id: z.string(), State: z.string(), Created: z.number(), Labels: z.object({ [OWNER_LABEL]: z.string().optional() }) })
export type RawHelper = z.infer<typeof RawHelper>

/** One engine. Every answer is parsed, capped and on a deadline; every failure is a ProblemError with the engine's own words. */
export interface DockerEngine {
  readonly endpoint: Endpoint
  /** Also settles anew in which version of the API everything else is asked; throws ProblemError ENGINE_TOO_OLD or ENGINE_TOO_NEW. */
  readonly version: (signal: AbortSignal) => Promise<NegotiatedVersion>
  readonly info: (signal: AbortSignal) => Promise<RawInfo>
  /** As `docker ps --all`, without helper containers, whoever's they are. */
  readonly list: (signal: AbortSignal) => Promise<RawContainer[]>
  readonly inspect: (id: string, signal: AbortSignal) => Promise<RawInspect>
  /** What `ps` on the engine's machine says of the container's processes. */
  readonly top: (id: string, psArgs: string, signal: AbortSignal) => Promise<Top>
  /** As `docker stats`, about once a second. Must be read without pause; ends when the container is removed, not when it ends. */
  readonly stats: (id: string, signal: AbortSignal) => Promise<AsyncIterable<RawStats>>
  /** As `docker diff`. Kind 0 changed, 1 added, 2 deleted (Docker Engine API). */
  readonly changes: (id: string, signal: AbortSignal) => Promise<Change[]>
  /** A tar of the root file system, without volumes. The caller must read it or destroy it. */
  readonly exportTar: (id: string, signal: AbortSignal) => Promise<Readable>
  /** Resolves when the engine has begun to send. Must be read without pause: a stalled reader slows the whole engine. */
  readonly events: (signal: AbortSignal) => Promise<AsyncIterable<EngineEvent>>
  /** The helper containers of everyone who uses this engine. */
  readonly helpers: (signal: AbortSignal) => Promise<RawHelper[]>
  /** As `docker load`; gives what the engine says of it. This and what follows changes the engine: action-gate.ts. */
  readonly loadImage: (tar: Buffer, signal: AbortSignal) => Promise<string>
  /** Gives the new container's id. */
  readonly createHelper: (image: string, owner: string, signal: AbortSignal) => Promise<string>
  /** The container's stdin and stdout, as a connection of its own: the caller must end it. */
  readonly attach: (id: string, signal: AbortSignal) => Promise<Duplex>
  readonly start: (id: string, signal: AbortSignal) => Promise<void>
  readonly remove: (id: string, signal: AbortSignal) => Promise<void>
  /** Nothing more will be asked: connections end when they have brought their answers. */
  readonly retire: () => void
  /** Every connection ends now; what runs over one fails. */
  readonly close: () => void
}

const FIRST_BYTE_MS = 10_000
/** `docker diff` compares whole trees before it says a word: 2 s for 99,000 files, 13 s for a million. */
const SLOW_FIRST_BYTE_MS = 60_000
/** To start a container takes an idle engine a fifth of a second. */
const ACTION_MS = 30_000

/**
 * Reaches the engine at `endpoint`; nothing is sent before the first call. `env` is for `ssh`. Throws ProblemError for an address that
 * it may not use.
 */
export function connectDocker(reachable: ReachableEndpoint, env: NodeJS.ProcessEnv): DockerEngine {
  const endpoint: Endpoint = { origin: reachable.origin, address: reachable.address }
  const transport = openTransport(reachable, env)
  let prefix: Promise<string> | undefined

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

  async function act(action: EngineAction, signal: AbortSignal): Promise<Readable | Duplex> {
    const request = actionRequest(action)
    return send({ ...request, path: `${await versionPrefix(signal)}${request.path}` }, ACTION_MS, signal)
  }

  async function version(signal: AbortSignal): Promise<NegotiatedVersion> {
    const body = await get(requestPath({ route: 'version' }), undefined, FIRST_BYTE_MS, signal)
    const told = parseAnswer(RawVersion, 'version', await whole(body, signal))
    const spokenApiVersion = spokenVersion(endpoint, told)
    prefix = Promise.resolve(`/v${spokenApiVersion}`)
    return { ...told, spokenApiVersion }
  }

  /** `/v1.41`: settled once for each connection, and again when the engine no longer takes it. */
  function versionPrefix(signal: AbortSignal): Promise<string> {
    prefix ??= version(signal).then(({ spokenApiVersion }) => `/v${spokenApiVersion}`).catch((error: unknown) => {
      prefix = undefined
      throw error
    })
    return prefix
  }

  async function open(request: EngineRequest, signal: AbortSignal, waitMs = FIRST_BYTE_MS): Promise<Readable> {
    const path = requestPath(request)
    const first = await versionPrefix(signal)
    try {
      return await get(`${first}${path}`, request.query, waitMs, signal)
    }
    catch (error) {
      if (!(error instanceof ProblemError) || error.problem.code !== 'ENGINE_REFUSED' || !isVersionRefusal(error.problem.what))
        throw error
      const { spokenApiVersion } = await version(signal)
      return get(`/v${spokenApiVersion}${path}`, request.query, waitMs, signal)
    }
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
    info: signal => ask(RawInfo, { route: 'info' }, signal),
    list: async signal => (await ask(z.array(RawContainer), { route: 'list', query: { all: '1' } }, signal))
      .filter(({ Labels }) => Labels?.[HELPER_LABEL] === undefined),
    inspect: (id, signal) => ask(RawInspect, { route: 'inspect', id }, signal),
    top: (id, psArgs, signal) => ask(Top, { route: 'top', id, query: { ps_args: psArgs } }, signal),
    stats: async (id, signal) => parseLines(endpoint, RawStats, await open({ route: 'stats', id, query: { stream: '1' } }, signal), signal),
    // The engine says null, not [], when nothing changed.
    changes: async (id, signal) => await ask(z.array(Change).nullable(), { route: 'changes', id }, signal, SLOW_FIRST_BYTE_MS) ?? [],
    exportTar: (id, signal) => open({ route: 'export', id }, signal, SLOW_FIRST_BYTE_MS),
    events: async signal =>
      parseLines(endpoint, EngineEvent, await open({ route: 'events', query: { filters: JSON.stringify({ type: ['container'] }) } }, signal), signal),
    helpers: signal => ask(z.array(RawHelper), { route: 'list', query: { all: '1', filters: JSON.stringify({ label: [HELPER_LABEL] }) } }, signal),
    loadImage: async (tar, signal) => whole(await act({ action: 'load', tar }, signal), signal),
    createHelper: async (image, owner, signal) =>
      parseAnswer(z.object({ Id: z.string() }), 'create', await whole(await act({ action: 'create', image, owner }, signal), signal)).Id,
    attach: async (id, signal) => {
      const stream = await act({ action: 'attach', id }, signal)
      if (stream instanceof Duplex)
        return stream
      stream.destroy()
      throw engineFailure(endpoint, 'it does not hand over the connection to the container')
    },
    start: async (id, signal) => { await whole(await act({ action: 'start', id }, signal), signal) },
    remove: async (id, signal) => { await whole(await act({ action: 'remove', id }, signal), signal) },
    retire: transport.retire,
    close: transport.close,
  }
}

/** What is not of the schema is left out. */
async function* parseLines<T extends z.ZodType>(endpoint: Endpoint, schema: T, body: Readable, signal: AbortSignal): AsyncGenerator<z.output<T>> {
  try {
    for await (const line of jsonLines(body, signal)) {
      const parsed = schema.safeParse(parseJson(endpoint, line))
      if (parsed.success)
        yield parsed.data
    }
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
    throw engineFailure(endpoint, 'its answer is not JSON')
  }
}
