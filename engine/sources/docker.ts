import { Duplex, Readable } from 'node:stream'
import Docker from 'dockerode'
import { z } from 'zod'
import type { Endpoint } from '../../shared/model/engine'
import { ProblemError } from '../../shared/model/problem'
import { RawInspect } from '../parse/docker-inspect'
import { RawContainer } from '../parse/docker-list'
import { RawInfo, RawVersion } from '../parse/docker-version'
import { connectOptions } from './connect-options'
import { actionRequest, type EngineAction, HELPER_LABEL, OWNER_LABEL } from './action-gate'
import { type EngineRequest, requestPath } from './engine-gate'
import { jsonLines, readWhole } from './read-body'

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

type DialOptions = Parameters<Docker['modem']['dial']>[0]

/** One engine. Every answer is parsed, capped and on a deadline; every failure is a ProblemError with the engine's own words. */
export interface DockerEngine {
  readonly endpoint: Endpoint
  readonly version: (signal: AbortSignal) => Promise<RawVersion>
  readonly info: (signal: AbortSignal) => Promise<RawInfo>
  /** As `docker ps --all`, without helper containers, whoever's they are. */
  readonly list: (signal: AbortSignal) => Promise<RawContainer[]>
  readonly inspect: (id: string, signal: AbortSignal) => Promise<RawInspect>
  /** What `ps` on the engine's machine says of the container's processes. */
  readonly top: (id: string, psArgs: string, signal: AbortSignal) => Promise<Top>
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
}

const FIRST_BYTE_MS = 10_000
/** `docker diff` compares whole trees before it says a word: 2 s for 99,000 files, 13 s for a million. */
const SLOW_FIRST_BYTE_MS = 60_000
/** To start a container takes an idle engine a fifth of a second. */
const ACTION_MS = 30_000
/** The newest Engine API that these parsers were written for; older engines are asked in their own version. */
const NEWEST_API = '1.51'

/** Reaches the engine at `endpoint`; nothing is sent before the first call. Throws ProblemError for an address that it may not use. */
export function connectDocker(endpoint: Endpoint): DockerEngine {
  const docker = new Docker(connectOptions(endpoint))
  let prefix: Promise<string> | undefined

  function dial(options: Omit<DialOptions, 'isStream' | 'abortSignal'>, waitMs: number, signal: AbortSignal): Promise<Readable> {
    const deadline = new AbortController()
    const abort = (): void => deadline.abort()
    const timer = setTimeout(abort, waitMs)
    signal.addEventListener('abort', abort, { once: true })
    return new Promise<Readable>((resolve, reject) => {
      docker.modem.dial(
        { ...options, isStream: true, abortSignal: deadline.signal },
        (error, body) => body instanceof Readable ? resolve(body) : reject(error ?? new Error('an empty answer')),
      )
    }).catch((error: unknown) => {
      signal.throwIfAborted()
      throw engineFailure(endpoint, deadline.signal.aborted ? `no answer within ${waitMs / 1000} s` : error)
    }).finally(() => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
    })
  }

  // The modem writes `options` as the query of a path that ends with a question mark.
  const send = (path: string, query: EngineRequest['query'], waitMs: number, signal: AbortSignal): Promise<Readable> =>
    dial({ path: query ? `${path}?` : path, options: query, method: 'GET', statusCodes: { 200: true } }, waitMs, signal)

  /** A body, also an empty one, is the modem's `file`: without one it announces a body that never comes. */
  async function act(action: EngineAction, signal: AbortSignal): Promise<Readable> {
    const { method, path, query, body, isHijacked } = actionRequest(action)
    const options = body !== null && 'json' in body ? { options: { _query: query, _body: body.json } } : { options: query, file: body?.tar ?? Buffer.alloc(0) }
    return dial({ path: `${await versionPrefix(signal)}${path}?`, method, hijack: isHijacked, statusCodes: { 200: true, 201: true, 204: true, 304: true }, ...options }, ACTION_MS, signal)
  }

  const versionOf = async (signal: AbortSignal): Promise<RawVersion> =>
    parseAnswer(RawVersion, 'version', await whole(await send(requestPath({ route: 'version' }), undefined, FIRST_BYTE_MS, signal), signal))

  /** `/v1.41`: the engine's own newest, or ours when that is older; asked once for each connection. */
  function versionPrefix(signal: AbortSignal): Promise<string> {
    prefix ??= versionOf(signal).then(({ ApiVersion }) => `/v${olderOf(ApiVersion, NEWEST_API)}`).catch((error: unknown) => {
      prefix = undefined
      throw error
    })
    return prefix
  }

  const open = async (request: EngineRequest, signal: AbortSignal, waitMs = FIRST_BYTE_MS): Promise<Readable> =>
    send(await versionPrefix(signal) + requestPath(request), request.query, waitMs, signal)

  async function ask<T extends z.ZodType>(schema: T, request: EngineRequest, signal: AbortSignal, waitMs?: number): Promise<z.output<T>> {
    return parseAnswer(schema, request.route, await whole(await open(request, signal, waitMs), signal))
  }

  const whole = (body: Readable, signal: AbortSignal): Promise<string> => readWhole(body, signal).catch((error: unknown) => {
    signal.throwIfAborted()
    throw error instanceof ProblemError ? error : engineFailure(endpoint, error)
  })

  function parseAnswer<T extends z.ZodType>(schema: T, route: string, text: string): z.output<T> {
    const parsed = schema.safeParse(parseJson(endpoint, text))
    if (!parsed.success)
      throw engineFailure(endpoint, `its answer to "${route}" is not of the Docker Engine API (${parsed.error.issues[0]?.path.join('.') ?? ''})`)
    return parsed.data
  }

  return {
    endpoint,
    version: versionOf,
    info: signal => ask(RawInfo, { route: 'info' }, signal),
    list: async signal => (await ask(z.array(RawContainer), { route: 'list', query: { all: '1' } }, signal))
      .filter(({ Labels }) => Labels?.[HELPER_LABEL] === undefined),
    inspect: (id, signal) => ask(RawInspect, { route: 'inspect', id }, signal),
    top: (id, psArgs, signal) => ask(Top, { route: 'top', id, query: { ps_args: psArgs } }, signal),
    // The engine says null, not [], when nothing changed.
    changes: async (id, signal) => await ask(z.array(Change).nullable(), { route: 'changes', id }, signal, SLOW_FIRST_BYTE_MS) ?? [],
    exportTar: (id, signal) => open({ route: 'export', id }, signal, SLOW_FIRST_BYTE_MS),
    events: async signal =>
      parseEvents(endpoint, await open({ route: 'events', query: { filters: JSON.stringify({ type: ['container'] }) } }, signal), signal),
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
  }
}

async function* parseEvents(endpoint: Endpoint, body: Readable, signal: AbortSignal): AsyncGenerator<EngineEvent> {
  try {
    for await (const line of jsonLines(body, signal)) {
      const event = EngineEvent.safeParse(parseJson(endpoint, line))
      if (event.success)
        yield event.data
    }
  }
  catch (error) {
    // A killed engine resets the socket; an abort of ours ends it too.
    signal.throwIfAborted()
    throw error instanceof ProblemError ? error : engineFailure(endpoint, error)
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

function olderOf(one: string, other: string): string {
  const [major = 0, minor = 0] = one.split('.').map(Number)
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number)
  return major < otherMajor || (major === otherMajor && minor <= otherMinor) ? one : other
}

/** A failed request as a Problem. HTTP errors carry `statusCode` and the engine's message; socket errors carry `code`. */
export function engineFailure(endpoint: Endpoint, error: unknown): ProblemError {
  const statusCode = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : null
  const reply = typeof error === 'object' && error !== null && 'json' in error ? z.object({ message: z.string() }).safeParse(error.json) : null
  const words = typeof error === 'string' ? error : reply?.success ? reply.data.message : error instanceof Error ? error.message : 'an unknown error'
  if (statusCode === 404)
    return new ProblemError({ code: 'CONTAINER_GONE', what: `The engine does not know that container: ${words}.`, fix: 'Choose another container; `docker ps -a` lists them.' })
  if (statusCode !== null)
    return new ProblemError({ code: 'ENGINE_REFUSED', what: `The engine at ${endpoint.address} answered ${statusCode}: ${words}.`, fix: 'See the engine\'s log, and try again.' })
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  return new ProblemError({ code: 'ENGINE_UNREACHABLE', what: `The engine at ${endpoint.address} does not answer: ${SOCKET_WORDS.get(code) ?? words}.`, fix: SOCKET_FIXES.get(code) ?? 'Start Docker, then try again.' })
}

const SOCKET_WORDS = new Map([
  ['ENOENT', 'there is no such socket'],
  ['ECONNREFUSED', 'nothing listens there'],
  ['EACCES', 'no permission to open the socket'],
  ['ENOTSOCK', 'that is not a socket'],
  ['ECONNRESET', 'it closed the connection'],
  ['ENOTFOUND', 'that name cannot be found'],
])
const SOCKET_FIXES = new Map([
  ['EACCES', 'Add your user to the group of the socket ("docker" on most systems), log in again, and start Isoscope again.'],
])
