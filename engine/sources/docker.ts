import type { Duplex, Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import type { LifecycleVerb } from '../../shared/model/action'
import { ProblemError } from '../../shared/model/problem'
import type { RunPlan } from '../../shared/model/run-plan'
import { RawAsked } from '../parse/docker-asked'
import { RawImage, RawImageConfig } from '../parse/docker-image'
import { ImageMessage } from '../parse/docker-image-message'
import { RawInspect } from '../parse/docker-inspect'
import { RawContainer } from '../parse/docker-list'
import { RawNetwork } from '../parse/docker-network'
import { RawStats } from '../parse/docker-stats'
import { isOfPodman, RawInfo } from '../parse/docker-version'
import { type ExecRequest, HELPER_LABEL, type HelperRuntime, OWNER_LABEL } from './action-gate'
import type { ReachableEndpoint } from './endpoint-target'
import type { EngineRequest } from './engine-gate'
import { type EngineWire, openWire } from './engine-wire'
import { HttpRefusal } from './http-request'

/** A change event of the engine (`GET /events`): that something happened to a container, and what. */
export const EngineEvent = z.object({ Action: z.string() })
export type EngineEvent = z.infer<typeof EngineEvent>

const Change = z.object({ Path: z.string(), Kind: z.number() })
export type Change = z.infer<typeof Change>
const Top = z.object({ Titles: z.array(z.string()), Processes: z.array(z.array(z.string())).nullish() })
export type Top = z.infer<typeof Top>

/** One `docker exec`: its process, as the engine's machine numbers it; 0: it was never started. Older engines do not tell it, nor does Podman of one that has ended. */
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
export interface DockerEngine extends Pick<EngineWire, 'endpoint' | 'version' | 'retire' | 'close'> {
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
}

/** `docker diff` compares whole trees before it says a word: 2 s for 99,000 files, 13 s for a million. */
const SLOW_FIRST_BYTE_MS = 60_000
/** Podman begins to answer a request to follow something with the first that there is to tell (4.3), which may be never; a refusal comes at once. */
const ANY_TIME_MS = 2 ** 31 - 1
const QUIET_MS = 300
/** A container may ask for any time to end in (`--stop-timeout`), and its image for long ones. */
const LIFECYCLE_MS = 10 * 60_000

/**
 * Reaches the engine at `endpoint`; nothing is sent before the first call. `env` is for `ssh`. Throws ProblemError for an address that
 * it may not use.
 */
export function connectDocker(reachable: ReachableEndpoint, env: NodeJS.ProcessEnv): DockerEngine {
  const wire = openWire(reachable, env)

  /** What an engine sends from now on. Rejects with what it refuses. */
  async function followed<T>(request: EngineRequest, read: (body: Readable) => AsyncIterable<T>, signal: AbortSignal): Promise<AsyncIterable<T>> {
    if (!isOfPodman(await wire.settledVersion(signal)))
      return read(await wire.open(request, signal))
    const opening = wire.open(request, signal, ANY_TIME_MS)
    opening.catch(() => {})
    await Promise.race([opening, wait(QUIET_MS, undefined, { signal })])
    return (async function* () { yield* read(await opening) })()
  }

  const events = (filters: object, signal: AbortSignal): Promise<AsyncIterable<EngineEvent>> =>
    followed({ route: 'events', query: { filters: JSON.stringify({ type: ['container'], ...filters }) } }, body => wire.lines(EngineEvent, body, signal), signal)

  async function logs(id: string, from: { tail: string, since?: string }, signal: AbortSignal): Promise<AsyncIterable<Buffer>> {
    const query = { follow: '1', stdout: '1', stderr: '1', timestamps: '1', ...from }
    return followed({ route: 'logs', id, query }, body => wire.bytes(body, signal), signal).catch((error: unknown) => { throw notReadable(error) ?? error })
  }

  return {
    endpoint: wire.endpoint,
    version: wire.version,
    info: signal => wire.ask(RawInfo, { route: 'info' }, signal),
    list: async signal => (await wire.ask(z.array(RawContainer), { route: 'list', query: { all: '1' } }, signal))
      .filter(({ Labels }) => Labels?.[HELPER_LABEL] === undefined),
    inspect: (id, signal) => wire.ask(RawInspect, { route: 'inspect', id }, signal),
    asked: (id, signal) => wire.ask(RawAsked, { route: 'inspect', id }, signal),
    top: (id, psArgs, signal) => wire.ask(Top, { route: 'top', id, query: { ps_args: psArgs } }, signal),
    stats: async (id, signal) => wire.lines(RawStats, await wire.open({ route: 'stats', id, query: { stream: '1' } }, signal), signal),
    // The engine says null, not [], when nothing changed.
    changes: async (id, signal) => await wire.ask(z.array(Change).nullable(), { route: 'changes', id }, signal, SLOW_FIRST_BYTE_MS) ?? [],
    exportTar: (id, signal) => wire.open({ route: 'export', id }, signal, SLOW_FIRST_BYTE_MS),
    logs,
    events: signal => events({}, signal),
    eventsOf: (id, signal) => events({ container: [id] }, signal),
    helpers: signal => wire.ask(z.array(RawHelper), { route: 'list', query: { all: '1', filters: JSON.stringify({ label: [HELPER_LABEL] }) } }, signal),
    containersLabelled: (label, signal) => wire.ask(z.array(RawContainer), { route: 'list', query: { all: '1', filters: JSON.stringify({ label: [label] }) } }, signal),
    loadImage: (tar, signal) => wire.told({ action: 'load', tar }, signal),
    createHelper: async (image, owner, runtime, signal) =>
      (await wire.made(z.object({ Id: z.string() }), { action: 'create', image, owner, runtime }, signal)).Id,
    attach: (id, signal) => wire.handedOver({ action: 'attach', id }, signal),
    start: async (id, signal) => { await wire.told({ action: 'start', id }, signal) },
    remove: async (id, signal) => { await wire.told({ action: 'remove', id }, signal) },
    removeImage: async (id, signal) => { await wire.told({ action: 'remove-image', id }, signal) },
    wait: async (id, signal) => {
      const answer = wire.lines(WaitAnswer, await wire.act({ action: 'wait', id }, signal), signal)
      const exitCode = answer.next().then(({ value }) => value?.StatusCode ?? null)
      exitCode.catch(() => {})
      return { exitCode }
    },
    resize: async (id, columns, rows, signal) => { await wire.told({ action: 'resize', id, columns, rows }, signal) },
    lifecycle: async (verb, id, signal) => { await wire.told({ action: 'lifecycle', verb, id }, signal, LIFECYCLE_MS) },
    createExec: async (id, request, signal) =>
      (await wire.made(z.object({ Id: z.string() }), { action: 'exec', id, request }, signal)).Id,
    startExec: async (id, signal) => wire.bytes(await wire.act({ action: 'exec-start', id, streams: 'output' }, signal), signal),
    startTerminal: (id, signal) => wire.handedOver({ action: 'exec-start', id, streams: 'terminal' }, signal),
    resizeExec: async (id, columns, rows, signal) => { await wire.told({ action: 'exec-resize', id, columns, rows }, signal) },
    inspectExec: async (id, signal) => {
      const status = await wire.ask(RawExec, { route: 'exec', id }, signal)
      return status.Pid === 0 && isOfPodman(await wire.settledVersion(signal)) ? { ...status, Pid: undefined } : status
    },
    create: (plan, signal) => wire.made(Created, { action: 'run', plan }, signal),
    pull: async (reference, signal) => wire.lines(ImageMessage, await wire.act({ action: 'pull', reference }, signal, LIFECYCLE_MS), signal),
    build: async (of, signal) => wire.lines(ImageMessage, await wire.act({ action: 'build', ...of }, signal, LIFECYCLE_MS), signal),
    images: signal => wire.ask(z.array(RawImage), { route: 'images' }, signal),
    everyImage: signal => wire.ask(z.array(RawImage), { route: 'images', query: { all: '1' } }, signal),
    volumes: async signal => ((await wire.ask(Volumes, { route: 'volumes' }, signal)).Volumes ?? []).map(({ Name }) => Name),
    imageConfig: (id, signal) => wire.ask(RawImageConfig, { route: 'image', id }, signal),
    networks: signal => wire.ask(z.array(RawNetwork), { route: 'networks' }, signal),
    retire: wire.retire,
    close: wire.close,
  }
}

/** 501 is the answer of a log driver that keeps nothing which could be read (moby, daemon/logger, ErrReadLogsNotSupported). */
const notReadable = (error: unknown): ProblemError | null =>
  error instanceof ProblemError && error.cause instanceof HttpRefusal && error.cause.statusCode === 501
    ? new ProblemError({ code: 'LOGS_NOT_READABLE', what: `The engine has no logs of this container to read: ${error.cause.message}.`, fix: 'Look where its log driver sends them; `docker inspect --format "{{.HostConfig.LogConfig.Type}}"` names it.' }, { cause: error })
    : null
