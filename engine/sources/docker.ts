import { Duplex, type Readable } from 'node:stream'
import { z } from 'zod'
import type { LifecycleVerb } from '../../shared/model/action'
import type { Endpoint } from '../../shared/model/engine'
import { ProblemError } from '../../shared/model/problem'
import type { RunPlan } from '../../shared/model/run-plan'
import { RawAsked } from '../parse/docker-asked'
import { RawImage, RawImageConfig } from '../parse/docker-image'
import { ImageMessage } from '../parse/docker-image-message'
import { RawInspect } from '../parse/docker-inspect'
import { RawContainer } from '../parse/docker-list'
import { RawNetwork } from '../parse/docker-network'
import { RawStats } from '../parse/docker-stats'
import { type NegotiatedVersion, RawInfo, RawVersion } from '../parse/docker-version'
import { actionRequest, type EngineAction, type ExecRequest, HELPER_LABEL, type HelperRuntime, OWNER_LABEL } from './action-gate'
import { isVersionRefusal, spokenVersion } from './api-version'
import type { ReachableEndpoint } from './endpoint-target'
import { engineFailure } from './engine-failure'
import { type EngineRequest, requestPath } from './engine-gate'
import { HttpRefusal, type HttpRequest, sendRequest } from './http-request'
import { drained, jsonLines, readWhole } from './read-body'
import { openTransport } from './transport'

/** A change event of the engine (`GET /events`): that something happened to a container, and what. */
export const EngineEvent = z.object({ Action: z.string() })
export type EngineEvent = z.infer<typeof EngineEvent>

const Change = z.object({ Path: z.string(), Kind: z.number() })
export type Change = z.infer<typeof Change>
const Top = z.object({ Titles: z.array(z.string()), Processes: z.array(z.array(z.string())).nullish() })
export type Top = z.infer<typeof Top>

/** One `docker exec`: its process, as the engine's machine numbers it; 0: it was never started. Older engines do not tell it. */
const RawExec = z.object({
  Running: z.boolean(),
  ExitCode: z.number().nullish().transform(value => value ?? null),
  Pid: z.number().optional(),
  ProcessConfig: z.object({ tty: z.boolean(), entrypoint: z.string(), user: z.string().nullish().transform(value => value ?? '') }).optional(),
})
export type RawExec = z.infer<typeof RawExec>

/** A helper container, as `GET /containers/json` has it. */
const RawHelper = z.object({ Id: z.string(), State: z.string(), Created: z.number(), Labels: z.object({ [OWNER_LABEL]: z.string().optional() }) })
export type RawHelper = z.infer<typeof RawHelper>

const Volumes = z.object({ Volumes: z.array(z.object({ Name: z.string() })).nullish() })

/** The answer of `POST /containers/create`. */
const Created = z.object({ Id: z.string().regex(/^[0-9a-f]{64}$/), Warnings: z.array(z.string()).nullish().transform(value => value ?? []) })

/** Of `POST /containers/{id}/wait`, which answers when the container has ended. */
const WaitAnswer = z.object({ StatusCode: z.number() })

/** What an image is built of: a folder as a tar, the Dockerfile in it, and the new image's name; empty: none. */
export interface BuildSource { readonly tar: () => Readable, readonly dockerfile: string, readonly tag: string }

/** One engine. Every answer is parsed, capped and on a deadline; every failure is a ProblemError with the engine's own words. */
export interface DockerEngine {
  readonly endpoint: Endpoint
  /** Also settles anew in which version of the API everything else is asked; throws ProblemError ENGINE_TOO_OLD or ENGINE_TOO_NEW. */
  readonly version: (signal: AbortSignal) => Promise<NegotiatedVersion>
  readonly info: (signal: AbortSignal) => Promise<RawInfo>
  /** As `docker ps --all`, without helper containers, whoever's they are. */
  readonly list: (signal: AbortSignal) => Promise<RawContainer[]>
  readonly inspect: (id: string, signal: AbortSignal) => Promise<RawInspect>
  /** The same, for what the container was made of. */
  readonly asked: (id: string, signal: AbortSignal) => Promise<RawAsked>
  /** What `ps` on the engine's machine says of the container's processes. */
  readonly top: (id: string, psArgs: string, signal: AbortSignal) => Promise<Top>
  /** As `docker stats`, about once a second. Must be read without pause; ends when the container is removed, not when it ends. */
  readonly stats: (id: string, signal: AbortSignal) => Promise<AsyncIterable<RawStats>>
  /**
   * As `docker logs --follow --timestamps`, in the engine's own bytes: engine/parse/log-stream.ts. `tail` is a number of lines or `all`, `since` seconds
   * since 1970 with nanoseconds. Must be read without pause; ends when the container does. Throws ProblemError LOGS_NOT_READABLE.
   */
  readonly logs: (id: string, from: { tail: string, since?: string }, signal: AbortSignal) => Promise<AsyncIterable<Buffer>>
  /** As `docker diff`. Kind 0 changed, 1 added, 2 deleted (Docker Engine API). */
  readonly changes: (id: string, signal: AbortSignal) => Promise<Change[]>
  /** A tar of the root file system, without volumes. The caller must read it or destroy it. */
  readonly exportTar: (id: string, signal: AbortSignal) => Promise<Readable>
  /** Resolves when the engine has begun to send. Must be read without pause: a stalled reader slows the whole engine. */
  readonly events: (signal: AbortSignal) => Promise<AsyncIterable<EngineEvent>>
  /** The same of one container. */
  readonly eventsOf: (id: string, signal: AbortSignal) => Promise<AsyncIterable<EngineEvent>>
  /** The helper containers of everyone who uses this engine. */
  readonly helpers: (signal: AbortSignal) => Promise<RawHelper[]>
  /** The containers that have a label of that name. */
  readonly containersLabelled: (label: string, signal: AbortSignal) => Promise<RawContainer[]>
  /** As `docker load`; gives what the engine says of it. This and what follows changes the engine: action-gate.ts. */
  readonly loadImage: (tar: Buffer, signal: AbortSignal) => Promise<string>
  /** Gives the new container's id. */
  readonly createHelper: (image: string, owner: string, runtime: HelperRuntime, signal: AbortSignal) => Promise<string>
  /** The container's stdin and stdout, as a connection of its own: the caller must end it. */
  readonly attach: (id: string, signal: AbortSignal) => Promise<Duplex>
  readonly start: (id: string, signal: AbortSignal) => Promise<void>
  /** As `docker rm --force --volumes`. */
  readonly remove: (id: string, signal: AbortSignal) => Promise<void>
  /** As `docker image rm --no-prune` of its id. Refused while a container, an image that was made of it or a second name needs it. */
  readonly removeImage: (id: string, signal: AbortSignal) => Promise<void>
  /** For a container that is not started yet: the exit code of its run, as soon as that has ended; null: the engine does not say. */
  readonly wait: (id: string, signal: AbortSignal) => Promise<{ exitCode: Promise<number | null> }>
  /** The terminal of the container's first process. */
  readonly resize: (id: string, columns: number, rows: number, signal: AbortSignal) => Promise<void>
  /** As the docker command of that name, without options. One that is so already is left so. */
  readonly lifecycle: (verb: LifecycleVerb, id: string, signal: AbortSignal) => Promise<void>
  /** Makes a program ready to be started in a container, as `docker exec` does; gives the exec's id. Throws ProblemError for a container that does not run, or is paused. */
  readonly createExec: (containerId: string, request: ExecRequest, signal: AbortSignal) => Promise<string>
  /**
   * Starts it, and gives what it writes, in frames: engine/parse/stream-frames.ts. Ends when all that it started has closed its output. When
   * nobody reads on, it is not ended: the engine has no request for that.
   */
  readonly startExec: (execId: string, signal: AbortSignal) => Promise<AsyncIterable<Buffer>>
  /** Starts one with a terminal, and gives that, as a connection of its own: the caller must end it. That it cannot be started is said there, as text, and by `inspectExec`. */
  readonly startTerminal: (execId: string, signal: AbortSignal) => Promise<Duplex>
  /** Starts one whose streams nobody has. */
  readonly startDetachedExec: (execId: string, signal: AbortSignal) => Promise<void>
  readonly resizeExec: (execId: string, columns: number, rows: number, signal: AbortSignal) => Promise<void>
  readonly inspectExec: (execId: string, signal: AbortSignal) => Promise<RawExec>
  /** Makes the container of a plan and does not start it; gives its id and what the engine warns of. */
  readonly create: (plan: RunPlan, signal: AbortSignal) => Promise<{ Id: string, Warnings: string[] }>
  /** As `docker pull`; what fails after the beginning is told in a message. */
  readonly pull: (reference: string, signal: AbortSignal) => Promise<AsyncIterable<ImageMessage>>
  /** As `docker build` with a folder's tar; begins to answer when the engine has all of it. */
  readonly build: (of: BuildSource, signal: AbortSignal) => Promise<AsyncIterable<ImageMessage>>
  /** As `docker images`. */
  readonly images: (signal: AbortSignal) => Promise<RawImage[]>
  /** As `docker images --all`: also what was left behind by a build, each with what it was built on. */
  readonly everyImage: (signal: AbortSignal) => Promise<RawImage[]>
  /** The names of the engine's volumes. */
  readonly volumes: (signal: AbortSignal) => Promise<string[]>
  /** Of the image with that id. */
  readonly imageConfig: (id: string, signal: AbortSignal) => Promise<RawImageConfig>
  readonly networks: (signal: AbortSignal) => Promise<RawNetwork[]>
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
/** A container may ask for any time to end in (`--stop-timeout`), and its image for long ones. */
const LIFECYCLE_MS = 10 * 60_000

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

  /** Once more where the engine no longer takes the version: it was updated, or set back. It has done nothing then. */
  async function inSpokenVersion<T>(signal: AbortSignal, request: (prefix: string) => Promise<T>): Promise<T> {
    const first = await versionPrefix(signal)
    try {
      return await request(first)
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

  const events = async (filters: object, signal: AbortSignal): Promise<AsyncIterable<EngineEvent>> =>
    parseLines(endpoint, EngineEvent, await open({ route: 'events', query: { filters: JSON.stringify({ type: ['container'], ...filters }) } }, signal), signal)

  async function logs(id: string, from: { tail: string, since?: string }, signal: AbortSignal): Promise<AsyncIterable<Buffer>> {
    const query = { follow: '1', stdout: '1', stderr: '1', timestamps: '1', ...from }
    const body = await open({ route: 'logs', id, query }, signal).catch((error: unknown) => { throw notReadable(error) ?? error })
    return orFailure(endpoint, drained(body, signal, null), signal)
  }

  return {
    endpoint,
    version,
    info: signal => ask(RawInfo, { route: 'info' }, signal),
    list: async signal => (await ask(z.array(RawContainer), { route: 'list', query: { all: '1' } }, signal))
      .filter(({ Labels }) => Labels?.[HELPER_LABEL] === undefined),
    inspect: (id, signal) => ask(RawInspect, { route: 'inspect', id }, signal),
    asked: (id, signal) => ask(RawAsked, { route: 'inspect', id }, signal),
    top: (id, psArgs, signal) => ask(Top, { route: 'top', id, query: { ps_args: psArgs } }, signal),
    stats: async (id, signal) => parseLines(endpoint, RawStats, await open({ route: 'stats', id, query: { stream: '1' } }, signal), signal),
    // The engine says null, not [], when nothing changed.
    changes: async (id, signal) => await ask(z.array(Change).nullable(), { route: 'changes', id }, signal, SLOW_FIRST_BYTE_MS) ?? [],
    exportTar: (id, signal) => open({ route: 'export', id }, signal, SLOW_FIRST_BYTE_MS),
    logs,
    events: signal => events({}, signal),
    eventsOf: (id, signal) => events({ container: [id] }, signal),
    helpers: signal => ask(z.array(RawHelper), { route: 'list', query: { all: '1', filters: JSON.stringify({ label: [HELPER_LABEL] }) } }, signal),
    containersLabelled: (label, signal) => ask(z.array(RawContainer), { route: 'list', query: { all: '1', filters: JSON.stringify({ label: [label] }) } }, signal),
    loadImage: async (tar, signal) => whole(await act({ action: 'load', tar }, signal), signal),
    createHelper: async (image, owner, runtime, signal) =>
      parseAnswer(z.object({ Id: z.string() }), 'create', await whole(await act({ action: 'create', image, owner, runtime }, signal), signal)).Id,
    attach: (id, signal) => handedOver({ action: 'attach', id }, signal),
    start: async (id, signal) => { await whole(await act({ action: 'start', id }, signal), signal) },
    remove: async (id, signal) => { await whole(await act({ action: 'remove', id }, signal), signal) },
    removeImage: async (id, signal) => { await whole(await act({ action: 'remove-image', id }, signal), signal) },
    wait: async (id, signal) => {
      const answer = parseLines(endpoint, WaitAnswer, await act({ action: 'wait', id }, signal), signal)
      const exitCode = answer.next().then(({ value }) => value?.StatusCode ?? null)
      exitCode.catch(() => {})
      return { exitCode }
    },
    resize: async (id, columns, rows, signal) => { await whole(await act({ action: 'resize', id, columns, rows }, signal), signal) },
    lifecycle: async (verb, id, signal) => { await whole(await act({ action: 'lifecycle', verb, id }, signal, LIFECYCLE_MS), signal) },
    createExec: async (id, request, signal) =>
      parseAnswer(z.object({ Id: z.string() }), 'exec', await whole(await act({ action: 'exec', id, request }, signal), signal)).Id,
    startExec: async (id, signal) => orFailure(endpoint, drained(await act({ action: 'exec-start', id, streams: 'output' }, signal), signal, null), signal),
    startTerminal: (id, signal) => handedOver({ action: 'exec-start', id, streams: 'terminal' }, signal),
    startDetachedExec: async (id, signal) => { await whole(await act({ action: 'exec-start', id, streams: 'none' }, signal), signal) },
    resizeExec: async (id, columns, rows, signal) => { await whole(await act({ action: 'exec-resize', id, columns, rows }, signal), signal) },
    inspectExec: (id, signal) => ask(RawExec, { route: 'exec', id }, signal),
    create: async (plan, signal) =>
      parseAnswer(Created, 'create', await whole(await act({ action: 'run', plan }, signal), signal)),
    pull: async (reference, signal) => parseLines(endpoint, ImageMessage, await act({ action: 'pull', reference }, signal, LIFECYCLE_MS), signal),
    build: async (of, signal) => parseLines(endpoint, ImageMessage, await act({ action: 'build', ...of }, signal, LIFECYCLE_MS), signal),
    images: signal => ask(z.array(RawImage), { route: 'images' }, signal),
    everyImage: signal => ask(z.array(RawImage), { route: 'images', query: { all: '1' } }, signal),
    volumes: async signal => ((await ask(Volumes, { route: 'volumes' }, signal)).Volumes ?? []).map(({ Name }) => Name),
    imageConfig: (id, signal) => ask(RawImageConfig, { route: 'image', id }, signal),
    networks: signal => ask(z.array(RawNetwork), { route: 'networks' }, signal),
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

/** 501 is the answer of a log driver that keeps nothing which could be read (moby, daemon/logger, ErrReadLogsNotSupported). */
const notReadable = (error: unknown): ProblemError | null =>
  error instanceof ProblemError && error.cause instanceof HttpRefusal && error.cause.statusCode === 501
    ? new ProblemError({ code: 'LOGS_NOT_READABLE', what: `The engine has no logs of this container to read: ${error.cause.message}.`, fix: 'Look where its log driver sends them; `docker inspect --format "{{.HostConfig.LogConfig.Type}}"` names it.' }, { cause: error })
    : null

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
