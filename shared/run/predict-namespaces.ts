import { sandboxOf } from '../analysis/sandbox'
import type { ContainerDetail } from '../model/container'
import type { NamespaceVerdict } from '../model/namespace'
import { NAMESPACE_TYPES, type NamespaceType } from '../model/namespace-type'
import type { RunContext } from '../model/run-context'
import type { RunPlan } from '../model/run-plan'

/** What one namespace of a container will be, before there is one. */
export interface PredictedNamespace {
  type: NamespaceType
  verdict: NamespaceVerdict
  /** With whom it is shared; null: with none, or it is not known. */
  sharedWith: { id: string, name: string } | null
  /** In a sentence, without its end: what decides it, or why it cannot be known. */
  because: string
}

/** Engines that do as moby does; others have defaults of their own, which their administrators may change without the API telling. */
export const isMoby = ({ engine }: RunContext): boolean => /docker/i.test(engine.product) && !/podman/i.test(engine.product)

/** The eight namespaces (namespaces(7)) of a container that is run as planned. */
export function predictNamespaces(plan: RunPlan, context: RunContext): PredictedNamespace[] {
  const sandbox = sandboxOf({ runtime: plan.runtime || context.defaultRuntime }, context.engine)
  return NAMESPACE_TYPES.map(type => sandbox === null ? predict(type, plan.modes, plan, context, []) : unknown(type, sandbox.because))
}

const unknown = (type: NamespaceType, because: string): PredictedNamespace => ({ type, verdict: 'unknown', sharedWith: null, because })
const known = (type: NamespaceType, verdict: 'private' | 'host', because: string): PredictedNamespace => ({ type, verdict, sharedWith: null, because })

type Modes = ContainerDetail['modes']
interface Privilege { readonly isPrivileged: boolean }

/** `through` are the containers that were followed so far: two that join each other end nowhere. */
function predict(type: NamespaceType, modes: Modes, plan: Privilege, context: RunContext, through: readonly string[]): PredictedNamespace {
  switch (type) {
    case 'mnt':
      return known(type, 'private', 'every container has its own mounts')
    case 'time':
      return known(type, 'host', 'engines give containers no clocks of their own')
    case 'user':
      return userNamespace(modes.user, context)
    case 'cgroup':
      return cgroupNamespace(modes.cgroup, plan, context)
    case 'net':
      return joinable(type, '--network', modes.network, context, through)
    case 'pid':
      return joinable(type, '--pid', modes.pid, context, through)
    case 'ipc':
      return joinable(type, '--ipc', modes.ipc, context, through)
    case 'uts':
      return joinable(type, '--uts', modes.uts, context, through)
  }
}

function joinable(type: NamespaceType, flag: string, mode: string, context: RunContext, through: readonly string[]): PredictedNamespace {
  if (mode === 'host') {
    return context.engine.isRootless
      ? unknown(type, `${flag} is host, which for a rootless engine are the namespaces of its own user, and may be others than the machine’s`)
      : known(type, 'host', `${flag} is host`)
  }
  if (mode.startsWith('container:'))
    return joined(type, flag, mode.slice('container:'.length), context, through)
  if (mode === '' && !isMoby(context))
    return unknown(type, `${flag} is not given, and ${context.engine.product} does not tell its default`)
  // The engine's default for IPC may be private or shareable: its own either way, until another container joins.
  return known(type, 'private', mode === '' ? `${flag} is not given, which gives it one of its own` : `${flag} is ${mode}, which gives it one of its own`)
}

function joined(type: NamespaceType, flag: string, name: string, context: RunContext, through: readonly string[]): PredictedNamespace {
  const other = context.containers.find(container => container.name === name || container.id === name)
    ?? (/^[0-9a-f]{4,64}$/.test(name) ? context.containers.find(({ id }) => id.startsWith(name)) : undefined)
  if (other === undefined)
    return unknown(type, `${flag} joins ${name}, and the engine has no such container`)
  if (!other.isRunning)
    return unknown(type, `${flag} joins ${other.name}, which does not run`)
  if (other.modes === null || through.includes(other.id))
    return unknown(type, `${flag} joins ${other.name}, whose own namespaces could not be read`)
  const theirs = predict(type, other.modes, { isPrivileged: false }, context, [...through, other.id])
  switch (theirs.verdict) {
    case 'host':
      return known(type, 'host', `${flag} joins ${other.name}, which has the host’s`)
    case 'unknown':
      return unknown(type, `${flag} joins ${other.name}: ${theirs.because}`)
    default:
      return { type, verdict: 'shared', sharedWith: { id: other.id, name: other.name }, because: `${flag} joins ${other.name}` }
  }
}

function userNamespace(mode: string, { engine }: RunContext): PredictedNamespace {
  if (engine.isRootless)
    return unknown('user', 'a rootless engine’s containers have the user namespace of the engine or one of their own, as its settings say')
  if (mode === 'host')
    return known('user', 'host', '--userns is host')
  return engine.hasUserNamespaceRemap
    ? known('user', 'private', 'the engine maps users (userns-remap)')
    : known('user', 'host', 'the engine does not map users (userns-remap is off)')
}

/** The default of moby, daemon/daemon_unix.go (adaptContainerSettings): what the engine lists as `name=cgroupns`, from API 1.41 on. */
function cgroupNamespace(mode: string, { isPrivileged }: Privilege, context: RunContext): PredictedNamespace {
  const { engine } = context
  if (engine.isRootless)
    return unknown('cgroup', 'a rootless engine’s containers see control groups as its settings say')
  if (mode === 'host' || mode === 'private')
    return known('cgroup', mode, `--cgroupns is ${mode}`)
  if (!isMoby(context) || engine.cgroupVersion === null)
    return unknown('cgroup', `--cgroupns is not given, and ${engine.product} does not tell its default`)
  if (isPrivileged && engine.cgroupVersion === '1')
    return known('cgroup', 'host', '--privileged on control groups of version 1 leaves the host’s')
  return engine.securityOptions.some(option => option === 'name=cgroupns')
    ? known('cgroup', 'private', 'the engine’s default is a private one')
    : known('cgroup', 'host', `the engine’s default is the host’s${engine.cgroupVersion === '1' ? ' (control groups of version 1)' : ''}`)
}
