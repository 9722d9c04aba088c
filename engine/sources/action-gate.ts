import type { Buffer } from 'node:buffer'
import type { Readable } from 'node:stream'
import type { LifecycleVerb } from '../../shared/model/action'
import { ProblemError } from '../../shared/model/problem'
import type { RunPlan } from '../../shared/model/run-plan'
import { createBody } from '../../shared/run/create-body'

/** On every helper container: what counts as one, wherever containers are listed. */
export const HELPER_LABEL = 'io.isoscope.helper'
/** On every helper container: whose it is (owner.ts). */
export const OWNER_LABEL = 'io.isoscope.helper.owner'

/** What runs the helper; null: what the engine runs everything with. */
export type HelperRuntime = 'runc' | null

/** A program that is begun in a container that runs. */
export interface ExecRequest {
  readonly command: readonly string[]
  /** Empty: the container's own, as with the next one. */
  readonly user: string
  readonly workingDirectory: string
  /** `NAME=value`, beside the container's own. */
  readonly environment: readonly string[]
  readonly streams: ExecStreams
}

/** What we have of a program that is begun: its terminal, or what it writes. */
export type ExecStreams = 'terminal' | 'output'

/**
 * Everything that Isoscope may do to an engine, and nothing of it without the person's leave but the removal of what an Isoscope left behind. `lifecycle`, `run`, `pull`, `build` and those whose
 * name begins with `exec` are what a person asked for, as are `wait` and `resize` of what `run` made; `remove` is for a container of Isoscope's own making: the helper (looked at
 * before, helper/container.ts), one that was made by `run` and did not start, or one for a while (temporary/labels.ts), as `remove-image` is for an image. What is created is made here, from a plan or for the helper, so that no other container can be.
 */
export type EngineAction =
  | { readonly action: 'load', readonly tar: Buffer }
  | { readonly action: 'create', readonly image: string, readonly owner: string, readonly runtime: HelperRuntime }
  | { readonly action: 'attach' | 'start' | 'remove' | 'wait', readonly id: string }
  /** `sha256:…`, without its parents. */
  | { readonly action: 'remove-image', readonly id: string }
  | { readonly action: 'resize', readonly id: string, readonly columns: number, readonly rows: number }
  | { readonly action: 'lifecycle', readonly verb: LifecycleVerb, readonly id: string }
  /** Makes the container of a plan, and does not start it. */
  | { readonly action: 'run', readonly plan: RunPlan }
  /** `reference` as `ImageReference` has it. */
  | { readonly action: 'pull', readonly reference: string }
  | { readonly action: 'build', readonly tar: () => Readable, readonly dockerfile: string, readonly tag: string }
  | { readonly action: 'exec', readonly id: string, readonly request: ExecRequest }
  | { readonly action: 'exec-start', readonly id: string, readonly streams: ExecStreams }
  | { readonly action: 'exec-resize', readonly id: string, readonly columns: number, readonly rows: number }

interface ActionRequest {
  readonly method: 'POST' | 'DELETE'
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly body: { readonly json: object } | { readonly tar: Buffer } | { readonly stream: () => Readable } | null
  /** The connection becomes the container's stdin and stdout (Docker Engine API, "Attach to a container"). */
  readonly isHijacked: boolean
}

/** The request of an allowed action; throws ProblemError ENGINE_REQUEST_REFUSED for an id, an image or an owner that is none. */
export function actionRequest(action: EngineAction): ActionRequest {
  const plain = { query: {}, body: null, isHijacked: false } as const
  switch (action.action) {
    case 'load':
      return { ...plain, method: 'POST', path: '/images/load', query: { quiet: '1' }, body: { tar: action.tar } }
    case 'create':
      return { ...plain, method: 'POST', path: '/containers/create', body: { json: helperContainer(action) } }
    case 'run':
      return { ...plain, method: 'POST', path: '/containers/create', query: action.plan.name === '' ? {} : { name: action.plan.name }, body: { json: createBody(action.plan) } }
    case 'pull':
      return { ...plain, method: 'POST', path: '/images/create', query: pullQuery(action.reference) }
    case 'build':
      return { ...plain, method: 'POST', path: '/build', query: { dockerfile: action.dockerfile, rm: '1', forcerm: '1', ...action.tag === '' ? {} : { t: action.tag } }, body: { stream: action.tar } }
    case 'attach':
      return { ...plain, method: 'POST', path: `/containers/${checkedId(action.id)}/attach`, query: { stream: '1', stdin: '1', stdout: '1' }, isHijacked: true }
    case 'start':
      return { ...plain, method: 'POST', path: `/containers/${checkedId(action.id)}/start` }
    case 'remove':
      return { ...plain, method: 'DELETE', path: `/containers/${checkedId(action.id)}`, query: { force: '1', v: '1' } }
    case 'wait':
      return { ...plain, method: 'POST', path: `/containers/${checkedId(action.id)}/wait`, query: { condition: 'next-exit' } }
    case 'resize':
      return { ...plain, method: 'POST', path: `/containers/${checkedId(action.id)}/resize`, query: { h: String(action.rows), w: String(action.columns) } }
    case 'remove-image':
      return { ...plain, method: 'DELETE', path: `/images/${checkedImageId(action.id)}`, query: { noprune: '1' } }
    case 'lifecycle':
      return action.verb === 'rm'
        ? { ...plain, method: 'DELETE', path: `/containers/${checkedId(action.id)}` }
        : { ...plain, method: 'POST', path: `/containers/${checkedId(action.id)}/${action.verb}` }
    case 'exec':
      return { ...plain, method: 'POST', path: `/containers/${checkedId(action.id)}/exec`, body: { json: execution(action.request) } }
    case 'exec-start':
      return { ...plain, method: 'POST', path: `/exec/${checkedId(action.id)}/start`, body: { json: { Detach: false, Tty: action.streams === 'terminal' } }, isHijacked: action.streams === 'terminal' }
    case 'exec-resize':
      return { ...plain, method: 'POST', path: `/exec/${checkedId(action.id)}/resize`, query: { h: String(action.rows), w: String(action.columns) } }
  }
}

/** Without a tag the engine would fetch all of them. A digest stands in the tag's place. */
function pullQuery(reference: string): Record<string, string> {
  const [, name = '', tag, digest] = /^(.+?)(?::([\w.-]+))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(reference) ?? []
  return { fromImage: name, tag: digest ?? tag ?? 'latest' }
}

/**
 * Each right is there for what cannot be read without it: `PidMode` for the machine's processes; SYS_PTRACE for namespaces and roots of
 * those of other users; DAC_READ_SEARCH for files and folders behind them that are for their owners alone; `CgroupnsMode` for the names of
 * control groups, `UTSMode` for the machine's own, `UsernsMode` for all of them on an engine that remaps users; `apparmor` and `label`, which would hide the machine's own
 * processes. Nothing is logged: what is read would be written to the engine's disk.
 */
function helperContainer({ image, owner, runtime }: Extract<EngineAction, { action: 'create' }>): object {
  if (!IMAGE.test(image) || !OWNER.test(owner))
    throw refused('create')
  return {
    Image: image,
    User: '0:0',
    Labels: { [HELPER_LABEL]: '1', [OWNER_LABEL]: owner },
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: false,
    OpenStdin: true,
    StdinOnce: true,
    HostConfig: {
      PidMode: 'host',
      CapDrop: ['ALL'],
      CapAdd: ['SYS_PTRACE', 'DAC_READ_SEARCH'],
      SecurityOpt: ['no-new-privileges', 'apparmor=unconfined', 'label=disable'],
      UTSMode: 'host',
      CgroupnsMode: 'host',
      UsernsMode: 'host',
      NetworkMode: 'none',
      ReadonlyRootfs: true,
      AutoRemove: true,
      LogConfig: { Type: 'none' },
      Memory: 64 * 1024 * 1024,
      PidsLimit: 32,
      ...runtime === null ? {} : { Runtime: runtime },
    },
  }
}

/** Docker Engine API, "Create an exec instance". Never with more rights than the container's own programs have. */
const execution = ({ command, user, workingDirectory, environment, streams }: ExecRequest): object => ({
  AttachStdin: streams === 'terminal',
  AttachStdout: true,
  AttachStderr: true,
  Tty: streams === 'terminal',
  Cmd: command,
  Env: environment,
  Privileged: false,
  ...user === '' ? {} : { User: user },
  ...workingDirectory === '' ? {} : { WorkingDir: workingDirectory },
})

/** By its id, or as engines that number images otherwise name what was loaded. */
const IMAGE = /^(?:sha256:[0-9a-f]{64}|(?:localhost\/|docker\.io\/library\/)?isoscope-helper:[0-9a-f]{12})$/
/** owner.ts */
const OWNER = /^[0-9a-f]{12}:\d{1,10}(?::[0-9a-f]{12}-\d{1,16})?$/

function checkedId(id: string): string {
  if (!/^[0-9a-f]{64}$/.test(id))
    throw refused('that')
  return id
}

function checkedImageId(id: string): string {
  if (!/^sha256:[0-9a-f]{64}$/.test(id))
    throw refused('that')
  return id
}

const refused = (what: string): ProblemError =>
  new ProblemError({ code: 'ENGINE_REQUEST_REFUSED', what: `Isoscope does not ask an engine for ${what} in that way.`, fix: 'Name a container or an image by its full id.' })
