import { plainCapability } from '../../shared/analysis/capabilities'
import type { ContainerPlan } from '../../shared/model/container-plan'
import { ProblemError } from '../../shared/model/problem'
import { emptyPlan, PublishedPort, RunPlan } from '../../shared/model/run-plan'
import { parseExtraHost } from '../../shared/run/flag-values'
import { beyondPlan } from './asked-beyond-plan'
import type { RawAsked } from './docker-asked'
import type { RawImageConfig } from './docker-image'
import type { EngineDefaults } from './engine-defaults'
import { type Losses, planParts } from './plan-parts'
import { plannedMounts } from './planned-mounts'

/** What is made again is the person's own, and not there for a while (shared/model/temporary.ts). */
const OF_ISOSCOPE = /^io\.isoscope\./
/** moby, opts/opts.go and daemon/config: what is so where nothing was asked for. */
const DEFAULT_SHM_BYTES = 64 * 1024 ** 2
const DEFAULT_IPC = 'private'
/** The period that a share of processors is counted in where none was asked for (`--cpus`). */
const CPU_PERIOD = 100_000

/**
 * The plan whose `docker run` makes the container that the engine tells of. What the image says of itself, what the engine does by itself and what is of this one
 * container (a hostname that is its id, volumes without a name) is no part of it. Throws ProblemError CONTAINER_NOT_PLANNED where no line could say it.
 */
export function planOf(raw: RawAsked, image: RawImageConfig, engine: EngineDefaults): Omit<ContainerPlan, 'image'> {
  const { Config: config, HostConfig: host } = raw
  const lost: string[] = []
  const parts = planParts(lost)
  const given = image.Config
  const isJoined = host.NetworkMode.startsWith('container:')
  const { entrypoint, command } = program(config, given)
  const plan: RunPlan = {
    ...emptyPlan(config.Image),
    entrypoint,
    command,
    name: raw.Name.replace(/^\//, ''),
    isDetached: !config.AttachStdout,
    isInteractive: config.OpenStdin,
    hasTerminal: config.Tty,
    isRemovedAtEnd: host.AutoRemove,
    hasInit: host.Init ?? null,
    restart: parts.one(RunPlan.shape.restart, { policy: host.RestartPolicy?.Name || 'no', maximumRetries: host.RestartPolicy?.MaximumRetryCount ?? 0 }, 'its restart policy') ?? emptyPlan('').restart,
    stopSignal: unless(given?.StopSignal, config.StopSignal),
    stopTimeoutSeconds: config.StopTimeout ?? null,

    hostname: isJoined || host.UTSMode === 'host' || config.Hostname === raw.Id.slice(0, 12) || (host.NetworkMode === 'host' && config.Hostname === engine.hostname) ? '' : config.Hostname,
    user: unless(given?.User, config.User),
    workingDirectory: unless(given?.WorkingDir, config.WorkingDir),
    groups: host.GroupAdd,
    environment: parts.each(RunPlan.shape.environment.element, ownVariables(config.Env.filter(variable => !given?.Env.includes(variable)), lost), ({ name }) => `the environment variable ${name}`),
    labels: parts.each(RunPlan.shape.labels.element, named(config.Labels).filter(({ name, value }) => !OF_ISOSCOPE.test(name) && given?.Labels?.[name] !== value), ({ name }) => `the label ${name}`),

    ports: parts.each(PublishedPort, [...host.PortBindings].flatMap(([key, bindings]) => bindings.map(({ HostIp, HostPort }) => ({ ...portOf(key), hostAddress: HostIp, hostPort: HostPort }))), ({ containerPort }) => `its published port ${containerPort}`),
    exposed: parts.each(RunPlan.shape.exposed.element, config.ExposedPorts.filter(key => !host.PortBindings.has(key) && !given?.ExposedPorts.includes(key)).map(portOf), ({ containerPort }) => `its exposed port ${containerPort}`),
    publishesAll: host.PublishAllPorts,
    extraHosts: parts.each(RunPlan.shape.extraHosts.element, host.ExtraHosts.flatMap(text => parts.read(parseExtraHost, text, `the host ${text}`)), ({ name }) => `the host ${name}`),
    dns: host.Dns,

    mounts: plannedMounts(raw, given?.Volumes ?? [], lost),
    isReadOnlyRoot: host.ReadonlyRootfs,
    devices: parts.each(RunPlan.shape.devices.element, host.Devices.map(({ PathOnHost, PathInContainer, CgroupPermissions }) => ({ onHost: PathOnHost, inside: PathInContainer, permissions: CgroupPermissions })), ({ onHost }) => `the device ${onHost}`),
    sharedMemoryBytes: host.ShmSize === DEFAULT_SHM_BYTES ? null : positive(host.ShmSize),

    modes: {
      network: parts.one(RunPlan.shape.modes.shape.network, unless('default', host.NetworkMode), 'its network') ?? '',
      pid: parts.one(RunPlan.shape.modes.shape.pid, unless('private', host.PidMode), 'its PID namespace') ?? '',
      ipc: parts.one(RunPlan.shape.modes.shape.ipc, unless(DEFAULT_IPC, host.IpcMode), 'its IPC namespace') ?? '',
      uts: parts.one(RunPlan.shape.modes.shape.uts, unless('private', host.UTSMode), 'its UTS namespace') ?? '',
      user: parts.one(RunPlan.shape.modes.shape.user, host.UsernsMode, 'its user namespace') ?? '',
      cgroup: parts.one(RunPlan.shape.modes.shape.cgroup, unless(defaultCgroup(host, engine), host.CgroupnsMode), 'its cgroup namespace') ?? '',
    },

    isPrivileged: host.Privileged,
    capabilitiesAdded: host.CapAdd.map(plainCapability),
    capabilitiesDropped: host.CapDrop.map(plainCapability),
    securityOptions: [...parts.each(RunPlan.shape.securityOptions.element, ownSecurityOptions(host), option => `its security option ${option.replace(/[=:][\s\S]*/, '')}${option.startsWith('seccomp') ? ' (a filter of its own)' : ''}`), ...openPaths(host, lost)],
    sysctls: named(host.Sysctls),
    runtime: unless(engine.runtime, host.Runtime),

    limits: {
      nanoCpus: positive(host.NanoCpus) ?? cpusOfQuota(host, lost),
      cpuShares: positive(host.CpuShares),
      cpuset: host.CpusetCpus,
      memoryBytes: positive(host.Memory),
      // Twice the memory is the default (docker-run(1), --memory-swap).
      memorySwapBytes: host.MemorySwap === 0 || host.MemorySwap === 2 * host.Memory ? null : host.MemorySwap,
      pids: positive(host.PidsLimit),
      ulimits: parts.each(RunPlan.shape.limits.shape.ulimits.element, host.Ulimits.map(({ Name, Soft, Hard }) => ({ name: Name, soft: Soft, hard: Hard })), ({ name }) => `its limit ${name}`),
    },
  }
  lost.push(...beyondPlan(raw, image, engine))
  const valid = RunPlan.safeParse(plan)
  if (!valid.success)
    throw notPlanned(raw, valid.error.issues[0]?.path.join('.') ?? '')
  return { plan: valid.data, lost }
}

const unless = (whatIsSo: string | undefined, value: string): string => value === whatIsSo ? '' : value
const positive = (value: number): number | null => value > 0 ? value : null
const named = (values: ReadonlyMap<string, string>): { name: string, value: string }[] => [...values].map(([name, value]) => ({ name, value }))

/** Without `=` it takes a variable of the image away, which no flag does. */
function ownVariables(variables: readonly string[], lost: Losses): { name: string, value: string }[] {
  return variables.flatMap((variable) => {
    const equals = variable.indexOf('=')
    if (equals === -1)
      lost.push(`that ${variable} is taken out of its environment`)
    return equals === -1 ? [] : [{ name: variable.slice(0, equals), value: variable.slice(equals + 1) }]
  })
}

function portOf(key: string): { containerPort: number, protocol: string } {
  const [port, protocol = 'tcp'] = key.split('/')
  return { containerPort: Number(port), protocol }
}

/** An entrypoint of one's own takes the image's command away (moby, daemon/commit.go, merge); docker's flag takes one word of it, and the others go before the command. */
function program({ Entrypoint, Cmd }: RawAsked['Config'], image: RawImageConfig['Config']): Pick<RunPlan, 'entrypoint' | 'command'> {
  const isOfImage = isSame(Entrypoint, image?.Entrypoint ?? [])
  const isCommandOfImage = isSame(Cmd, image?.Cmd ?? [])
  if (isOfImage && (isCommandOfImage || Cmd.length > 0))
    return { entrypoint: null, command: isCommandOfImage ? [] : Cmd }
  const [first = '', ...more] = Entrypoint
  return { entrypoint: first, command: [...more, ...Cmd] }
}

const isSame = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((text, at) => text === b[at])

/** moby, daemon/daemon_unix.go (adaptContainerSettings). */
const defaultCgroup = ({ Privileged }: RawAsked['HostConfig'], { hasPrivateCgroup, cgroupVersion }: EngineDefaults): string =>
  hasPrivateCgroup && !(Privileged && cgroupVersion === '1') ? 'private' : 'host'

/** `label=disable` is what the engine adds itself where the host's processes or IPC are seen (moby, daemon/create.go, generateSecurityOpt). */
function ownSecurityOptions({ SecurityOpt, PidMode, IpcMode, Privileged }: RawAsked['HostConfig']): string[] {
  const isAdded = Privileged || PidMode === 'host' || IpcMode === 'host'
  return SecurityOpt.filter(option => !(isAdded && option === 'label=disable'))
}

/** Empty lists are `systempaths=unconfined`; a privileged container has none at all. */
function openPaths({ MaskedPaths, ReadonlyPaths, Privileged }: RawAsked['HostConfig'], lost: Losses): string[] {
  if (Privileged || !MaskedPaths || !ReadonlyPaths || (MaskedPaths.length > 0 && ReadonlyPaths.length > 0))
    return []
  if (MaskedPaths.length + ReadonlyPaths.length > 0) {
    lost.push('its own lists of kernel paths that are hidden or read-only')
    return []
  }
  return ['systempaths=unconfined']
}

/** A quota is the same share of processors as `--cpus` in another form. */
function cpusOfQuota({ CpuQuota, CpuPeriod }: RawAsked['HostConfig'], lost: Losses): number | null {
  if (CpuPeriod !== 0 && CpuPeriod !== CPU_PERIOD)
    lost.push(`its period of ${CpuPeriod} µs in which processor time is counted (${CPU_PERIOD} µs instead)`)
  return positive(Math.round(CpuQuota / (CpuPeriod || CPU_PERIOD) * 1e9))
}

const notPlanned = ({ Name }: RawAsked, field: string): ProblemError => new ProblemError({
  code: 'CONTAINER_NOT_PLANNED',
  what: `What ${Name.replace(/^\//, '')} was made with has no place on a docker run line (${field}).`,
  fix: 'Make its sibling with docker itself; `docker inspect` shows what it was made with.',
})
