import type { Buffer } from 'node:buffer'
import { ProblemError } from '../../shared/model/problem'

/** On every helper container: what counts as one, wherever containers are listed. */
export const HELPER_LABEL = 'io.isoscope.helper'
/** On every helper container: whose it is (helper/owner.ts). */
export const OWNER_LABEL = 'io.isoscope.helper.owner'

/**
 * Everything that Isoscope may do to an engine, all of it about its helper container, and nothing of it without the person's leave. What
 * is created is made here, so that no other container can be; what is removed is looked at before (helper/container.ts).
 */
export type EngineAction =
  | { readonly action: 'load', readonly tar: Buffer }
  | { readonly action: 'create', readonly image: string, readonly owner: string }
  | { readonly action: 'attach' | 'start' | 'remove', readonly id: string }

interface ActionRequest {
  readonly method: 'POST' | 'DELETE'
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly body: { readonly json: object } | { readonly tar: Buffer } | null
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
      return { ...plain, method: 'POST', path: '/containers/create', body: { json: helperContainer(action.image, action.owner) } }
    case 'attach':
      return { ...plain, method: 'POST', path: `/containers/${checkedId(action.id)}/attach`, query: { stream: '1', stdin: '1', stdout: '1' }, isHijacked: true }
    case 'start':
      return { ...plain, method: 'POST', path: `/containers/${checkedId(action.id)}/start` }
    case 'remove':
      return { ...plain, method: 'DELETE', path: `/containers/${checkedId(action.id)}`, query: { force: '1', v: '1' } }
  }
}

/**
 * Each right is there for what cannot be read without it: `PidMode` for the machine's processes; SYS_PTRACE for namespaces and roots of
 * those of other users; DAC_READ_SEARCH for files and folders behind them that are for their owners alone; `CgroupnsMode` for the names of
 * control groups, `UTSMode` for the machine's own, `UsernsMode` for all of them on an engine that remaps users; `apparmor` and `label`, which would hide the machine's own
 * processes. Nothing is logged: what is read would be written to the engine's disk.
 */
function helperContainer(image: string, owner: string): object {
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
    },
  }
}

/** By its id, or as engines that number images otherwise name what was loaded. */
const IMAGE = /^(?:sha256:[0-9a-f]{64}|(?:localhost\/|docker\.io\/library\/)?isoscope-helper:[0-9a-f]{12})$/
const OWNER = /^[0-9a-f]{12}:\d{1,10}$/

function checkedId(id: string): string {
  if (!/^[0-9a-f]{64}$/.test(id))
    throw refused('that')
  return id
}

const refused = (what: string): ProblemError =>
  new ProblemError({ code: 'ENGINE_REQUEST_REFUSED', what: `Isoscope does not ask an engine for ${what} in that way.`, fix: 'Name a container by its full id.' })
