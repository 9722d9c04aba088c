import { plainCapability } from '../../shared/analysis/capabilities'
import { emptyPlan, type RunPlan } from '../../shared/model/run-plan'
import type { ToolboxOffer } from '../../shared/model/toolbox'
import type { RawInspect } from '../parse/docker-inspect'
import type { FirstProcess } from './first-process'

/** What a toolbox's plan is made of: a container that runs, and its first process; null where nobody could look. */
interface Target {
  readonly container: RawInspect
  readonly first: FirstProcess | null
  readonly labels: RunPlan['labels']
}

/**
 * A toolbox is in the container's namespaces, where they can be joined, and sees its files through the root of its first process. For that it must be
 * the same user and may lack no capability that the process has (ptrace(2), PTRACE_MODE_READ_FSCREDS), so it gets the container's own; only
 * where that is not enough, or not known, it gets CAP_SYS_PTRACE.
 */
export function planToolbox({ container, first, labels }: Target): ToolboxOffer {
  const { HostConfig, AppArmorProfile } = container
  const joined = `container:${container.Name.replace(/^\//, '')}`
  const root = rootOf(container, first)
  const ipcBecause = whyNoIpc(HostConfig.IpcMode)
  const { tracesBecause, ...rights } = rightsOf(HostConfig, first)
  const nothing = emptyPlan('')
  return {
    plan: {
      ...nothing,
      ...rights,
      isInteractive: true,
      hasTerminal: true,
      isRemovedAtEnd: true,
      labels,
      modes: { ...nothing.modes, pid: joined, network: joined, ipc: ipcBecause === null ? joined : '', user: HostConfig.UsernsMode === 'host' ? 'host' : '' },
      // A profile lets a process look at those under the same one alone (moby, profiles/apparmor/template.go).
      securityOptions: [
        ...HostConfig.SecurityOpt.filter(option => option.startsWith('no-new-privileges')),
        ...AppArmorProfile === '' || AppArmorProfile === 'docker-default' ? [] : [`apparmor=${AppArmorProfile}`],
      ],
      // A folder behind that link has no name for getcwd(2): the shell keeps the one that it was entered by, and the prompt shows that.
      environment: [{ name: 'PS1', value: '$PWD \\$ ' }],
      entrypoint: 'sh',
      command: ['-c', `${root === null ? '' : `cd ${root}; export PWD; `}exec $(command -v bash || echo sh)`],
    },
    joins: [{ namespace: 'pid', because: null }, { namespace: 'network', because: null }, { namespace: 'ipc', because: ipcBecause }],
    root,
    tracesBecause,
  }
}

/** In a PID namespace of the container's own its first process is 1; in the host's it has the number that the engine knows. */
function rootOf({ State, HostConfig: { PidMode } }: RawInspect, first: FirstProcess | null): string | null {
  const pid = first?.pid ?? (PidMode === 'host' ? State.Pid : PidMode.startsWith('container:') ? null : 1)
  return pid === null ? null : `/proc/${pid}/root`
}

/** Docker lets nobody into a namespace that was not made to be shared (moby, daemon/container_operations_unix.go). */
function whyNoIpc(mode: string): string | null {
  switch (mode) {
    case 'private': return 'the container was run with an IPC namespace that nobody can join (--ipc private, the engine’s default)'
    case 'none': return 'the container was run without shared memory (--ipc none), and nobody can join it'
    case '': return 'the engine does not say whether the container’s IPC namespace can be joined'
    default: return null
  }
}

type Rights = Pick<RunPlan, 'user' | 'capabilitiesAdded' | 'capabilitiesDropped'> & Pick<ToolboxOffer, 'tracesBecause'>

function rightsOf({ Privileged, CapAdd, CapDrop: capabilitiesDropped }: RawInspect['HostConfig'], first: FirstProcess | null): Rights {
  const hasAll = Privileged === true || CapAdd.some(name => plainCapability(name) === 'ALL')
  const capabilitiesAdded = hasAll ? [] : CapAdd
  const tracing = (tracesBecause: string): Rights =>
    ({ user: '0:0', capabilitiesAdded: [...capabilitiesAdded.filter(name => plainCapability(name) !== 'SYS_PTRACE'), 'SYS_PTRACE'], capabilitiesDropped, tracesBecause })
  if (first === null)
    return tracing('who its first process is cannot be read from here')
  const [[uid = null, ...otherUids], [gid = null, ...otherGids]] = [first.uids, first.gids]
  if (uid === null || gid === null || otherUids.length > 0 || otherGids.length > 0)
    return tracing('its first process is more than one user or group')
  if (uid !== 0 && first.hasCapabilities)
    return tracing('its first process has capabilities without being root')
  if (uid !== 0)
    return { user: `${uid}:${gid}`, capabilitiesAdded: [], capabilitiesDropped: ['ALL'], tracesBecause: null }
  return hasAll ? tracing('it has all capabilities, which are more than a toolbox needs') : { user: `0:${gid}`, capabilitiesAdded, capabilitiesDropped, tracesBecause: null }
}
