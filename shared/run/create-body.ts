import type { PlannedMount, RunPlan } from '../model/run-plan'

/**
 * The body of `POST /containers/create` (Docker Engine API 1.41) as the docker client makes it from the equal line: what it says of a
 * container is then the same. The name is no part of it, but of the query.
 */
export function createBody(plan: RunPlan): object {
  const { limits, modes, restart } = plan
  const isAttached = !plan.isDetached
  const systemPaths = plan.securityOptions.includes('systempaths=unconfined') ? { MaskedPaths: [], ReadonlyPaths: [] } : {}
  return {
    Image: plan.image,
    Cmd: orNull(plan.command),
    ...plan.entrypoint === null ? {} : { Entrypoint: [plan.entrypoint] },
    Hostname: plan.hostname,
    User: plan.user,
    WorkingDir: plan.workingDirectory,
    Env: orNull(plan.environment.map(({ name, value }) => `${name}=${value}`)),
    Labels: byName(plan.labels),
    ExposedPorts: Object.fromEntries([...plan.ports, ...plan.exposed].map(port => [portKey(port), {}])),
    Volumes: Object.fromEntries(plan.mounts.flatMap(mount => mount.flag === 'volume' && mount.source === null ? [[bindText(mount), {}]] : [])),
    Tty: plan.hasTerminal,
    OpenStdin: plan.isInteractive,
    AttachStdin: isAttached && plan.isInteractive,
    AttachStdout: isAttached,
    AttachStderr: isAttached,
    StdinOnce: isAttached && plan.isInteractive,
    ...plan.stopSignal === '' ? {} : { StopSignal: plan.stopSignal },
    ...plan.stopTimeoutSeconds === null ? {} : { StopTimeout: plan.stopTimeoutSeconds },
    HostConfig: {
      Binds: orNull(unique(plan.mounts.flatMap(mount => mount.flag === 'volume' && mount.source !== null ? [bindText(mount)] : []))),
      ...unlessEmpty('Mounts', plan.mounts.flatMap(mount => mount.flag === 'mount' ? [mountBody(mount)] : [])),
      ...unlessEmpty('Tmpfs', Object.fromEntries(plan.mounts.flatMap(mount => mount.flag === 'tmpfs' ? [[mount.target, mount.options.join(',')]] : []))),
      PortBindings: portBindings(plan),
      PublishAllPorts: plan.publishesAll,
      NetworkMode: modes.network === '' ? 'default' : modes.network,
      PidMode: modes.pid,
      IpcMode: modes.ipc,
      UTSMode: modes.uts,
      UsernsMode: modes.user,
      CgroupnsMode: modes.cgroup,
      ExtraHosts: orNull(plan.extraHosts.map(({ name, address }) => `${name}:${address}`)),
      Dns: plan.dns,
      DnsOptions: [],
      DnsSearch: [],
      GroupAdd: orNull(plan.groups),
      Privileged: plan.isPrivileged,
      ReadonlyRootfs: plan.isReadOnlyRoot,
      ...capabilities(plan),
      SecurityOpt: plan.securityOptions.length === 0 ? null : plan.securityOptions.filter(option => option !== 'systempaths=unconfined'),
      ...systemPaths,
      ...unlessEmpty('Sysctls', byName(plan.sysctls)),
      ...plan.runtime === '' ? {} : { Runtime: plan.runtime },
      Devices: plan.devices.map(({ onHost, inside, permissions }) => ({ PathOnHost: onHost, PathInContainer: inside, CgroupPermissions: permissions })),
      ShmSize: plan.sharedMemoryBytes ?? 0,
      NanoCpus: limits.nanoCpus ?? 0,
      CpuShares: limits.cpuShares ?? 0,
      CpusetCpus: limits.cpuset,
      Memory: limits.memoryBytes ?? 0,
      MemorySwap: limits.memorySwapBytes ?? 0,
      MemorySwappiness: -1,
      OomKillDisable: false,
      PidsLimit: limits.pids ?? 0,
      Ulimits: [...limits.ulimits].sort((a, b) => a.name < b.name ? -1 : 1).map(({ name, soft, hard }) => ({ Name: name, Soft: soft, Hard: hard })),
      BlkioWeightDevice: [],
      BlkioDeviceReadBps: [],
      BlkioDeviceWriteBps: [],
      BlkioDeviceReadIOps: [],
      BlkioDeviceWriteIOps: [],
      RestartPolicy: { Name: restart.policy, MaximumRetryCount: restart.maximumRetries },
      AutoRemove: plan.isRemovedAtEnd,
      ...plan.hasInit === null ? {} : { Init: plan.hasInit },
    },
  }
}

const byName = (all: readonly { name: string, value: string }[]): object => Object.fromEntries(all.map(({ name, value }) => [name, value]))
/** The engine tells a list that was not given from an empty one, and shows which it was (`docker inspect`). */
const orNull = <T>(all: readonly T[]): readonly T[] | null => all.length === 0 ? null : all
const unlessEmpty = (key: string, value: object): object => Object.keys(value).length === 0 ? {} : { [key]: value }
const unique = (texts: readonly string[]): string[] => [...new Set(texts)]
const portKey = ({ containerPort, protocol }: RunPlan['exposed'][number]): string => `${containerPort}/${protocol}`

function portBindings({ ports }: RunPlan): object {
  const bindings = new Map<string, object[]>()
  for (const port of ports)
    bindings.set(portKey(port), [...bindings.get(portKey(port)) ?? [], { HostIp: port.hostAddress, HostPort: port.hostPort }])
  return Object.fromEntries(bindings)
}

const bindText = ({ source, target, options }: Extract<PlannedMount, { flag: 'volume' }>): string =>
  [...source === null ? [] : [source], target, ...options.length === 0 ? [] : [options.join(',')]].join(':')

function mountBody(mount: Extract<PlannedMount, { flag: 'mount' }>): object {
  const common = { Type: mount.type, Target: mount.target, ...mount.isReadOnly ? { ReadOnly: true } : {} }
  switch (mount.type) {
    case 'bind':
      return { ...common, Source: mount.source, ...mount.propagation === null ? {} : { BindOptions: { Propagation: mount.propagation } } }
    case 'volume':
      return { ...common, ...mount.source === null ? {} : { Source: mount.source }, ...mount.isCopied ? {} : { VolumeOptions: { NoCopy: true, DriverConfig: {} } } }
    case 'tmpfs':
      return mount.sizeBytes === null && mount.mode === null
        ? common
        : { ...common, TmpfsOptions: { ...mount.sizeBytes === null ? {} : { SizeBytes: mount.sizeBytes }, ...mount.mode === null ? {} : { Mode: mount.mode } } }
  }
}

/** ALL stands for all others (docker/cli, opts/capabilities.go); what is both added and dropped is left to the engine. */
const capabilities = ({ capabilitiesAdded, capabilitiesDropped }: RunPlan): object =>
  ({ CapAdd: orNull(normalized(capabilitiesAdded)), CapDrop: orNull(normalized(capabilitiesDropped)) })

function normalized(names: readonly string[]): string[] {
  const all = unique(names.map((name) => {
    const upper = name.toUpperCase()
    return upper === 'ALL' || upper.startsWith('CAP_') ? upper : `CAP_${upper}`
  }))
  return all.includes('ALL') ? ['ALL'] : all.sort()
}
