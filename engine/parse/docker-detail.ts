import type { Container, ContainerDetail, Port } from '../../shared/model/container'
import { looksSecret } from '../../shared/text/secret-names'
import type { RawInspect } from './docker-inspect'
import { parseState } from './docker-list'

/** The public form of `docker inspect`; `listed` is the same container in the list, for what only the list says. */
export function parseContainerDetail(raw: RawInspect, listed: Container): ContainerDetail {
  const { Config: config, HostConfig: host, State: state } = raw
  return {
    ...listed,
    state: parseState(state.Status),
    ports: declaredPorts(raw),
    imageId: raw.Image,
    hostPid: state.Pid ? state.Pid : null,
    startedAt: realTime(state.StartedAt),
    finishedAt: realTime(state.FinishedAt),
    exitCode: state.Status === 'exited' || state.Status === 'dead' ? state.ExitCode ?? null : null,
    restartCount: raw.RestartCount ?? 0,
    runtime: host.Runtime,
    platform: raw.Platform,
    user: config.User,
    workingDirectory: config.WorkingDir === '' ? '/' : config.WorkingDir,
    entrypoint: config.Entrypoint,
    arguments: [raw.Path, ...raw.Args].slice(config.Entrypoint.length),
    environment: config.Env.map((variable) => {
      const name = variable.split('=')[0] ?? ''
      return { name, looksSecret: looksSecret(name) }
    }),
    labels: [...config.Labels].map(([name, value]) => ({ name, value })),
    modes: {
      pid: host.PidMode,
      network: host.NetworkMode,
      ipc: host.IpcMode,
      uts: host.UTSMode,
      user: host.UsernsMode,
      cgroup: host.CgroupnsMode,
    },
    isPrivileged: host.Privileged ?? false,
    isReadOnlyRoot: host.ReadonlyRootfs ?? false,
    capabilitiesAdded: host.CapAdd,
    capabilitiesDropped: host.CapDrop,
    securityOptions: host.SecurityOpt,
    maskedPaths: host.MaskedPaths ?? null,
    readOnlyPaths: host.ReadonlyPaths ?? null,
    devices: host.Devices.map(device => ({ onHost: device.PathOnHost, inside: device.PathInContainer, permissions: device.CgroupPermissions })),
    mounts: raw.Mounts.map(mount => ({
      type: mount.Type,
      source: mount.Source,
      destination: mount.Destination,
      isReadOnly: mount.RW === false,
      propagation: mount.Propagation,
    })),
    appArmorProfile: raw.AppArmorProfile,
    restartPolicy: host.RestartPolicy?.Name ?? '',
    hasHealthCheck: config.Healthcheck != null && config.Healthcheck.Test[0] !== 'NONE',
    limits: {
      memoryBytes: host.Memory ? host.Memory : null,
      cpus: declaredCpus(host),
      pids: host.PidsLimit && host.PidsLimit > 0 ? host.PidsLimit : null,
    },
  }
}

/** The engine writes year 1 for a moment that has not been. */
const realTime = (time: string): string | null => time === '' || time.startsWith('0001-') ? null : time

function declaredCpus(host: RawInspect['HostConfig']): number | null {
  if (host.NanoCpus)
    return host.NanoCpus / 1e9
  // 100 ms is the kernel's own period when none was given.
  return host.CpuQuota && host.CpuQuota > 0 ? host.CpuQuota / (host.CpuPeriod || 100_000) : null
}

/** Exposed and published ports: `NetworkSettings.Ports` has null for a port that is only exposed. */
const declaredPorts = (raw: RawInspect): Port[] =>
  [...raw.NetworkSettings?.Ports ?? []].flatMap(([key, bindings]): Port[] => {
    const [containerPort, protocol = 'tcp'] = key.split('/')
    const port = { containerPort: Number(containerPort), protocol }
    return bindings && bindings.length > 0
      ? bindings.map(binding => ({ ...port, hostPort: Number(binding.HostPort), hostAddress: binding.HostIp }))
      : [{ ...port, hostPort: null, hostAddress: null }]
  })
