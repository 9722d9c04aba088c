import { DEFAULT_CAPABILITIES, plainCapability } from '../../shared/analysis/capabilities'
import type { RawAsked } from './docker-asked'
import type { RawImageConfig } from './docker-image'

/** What Podman says of every container (4.3, libpod/container_inspect.go): it does not tell which runtime that is. */
const SOME_RUNTIME = 'oci'
/** What it has in place of nothing (libpod/options, containers.conf(5)): SIGTERM, the first folder, 65,536 times 1,000 bytes, an IPC namespace that others may join. */
const DEFAULTS = { StopSignal: '15', WorkingDir: '/', ShmSize: 65_536_000, IpcMode: 'shareable' } as const
const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** What Podman tells of a container in the words that a Docker engine has for it: what it makes by itself is left out, so that a plan asks for what a person asked for. */
export function asDockerTells(raw: RawAsked, image: RawImageConfig['Config']): RawAsked {
  const { Config: config, HostConfig: host } = raw
  const isRoot = ['', '0', 'root'].includes(config.User.split(':')[0] ?? '')
  // The hostname is that of the one container; an own HOME of another user cannot be told from that of its /etc/passwd.
  const made = new Set([PATH, 'TERM=xterm', 'container=podman', `HOSTNAME=${config.Hostname}`, ...isRoot ? ['HOME=/root'] : []])
  return {
    ...raw,
    Config: {
      ...config,
      Env: config.Env.filter(variable => !made.has(variable)),
      StopSignal: !image?.StopSignal && config.StopSignal === DEFAULTS.StopSignal ? '' : config.StopSignal,
      WorkingDir: !image?.WorkingDir && config.WorkingDir === DEFAULTS.WorkingDir ? '' : config.WorkingDir,
    },
    HostConfig: {
      ...host,
      Runtime: host.Runtime === SOME_RUNTIME ? '' : host.Runtime,
      ShmSize: host.ShmSize === DEFAULTS.ShmSize ? 0 : host.ShmSize,
      IpcMode: host.IpcMode === DEFAULTS.IpcMode ? '' : host.IpcMode,
      CapDrop: isAll(host) ? ['ALL'] : host.CapDrop,
      Ulimits: host.Ulimits.map(limit => ({ ...limit, Name: limit.Name.replace(/^RLIMIT_/, '').toLowerCase() })),
    },
  }
}

/** Podman names each one that is not there of fourteen, also where all were dropped by one word (generateInspectContainerHostConfig). */
function isAll({ CapDrop }: RawAsked['HostConfig']): boolean {
  const dropped = new Set(CapDrop.map(plainCapability))
  return DEFAULT_CAPABILITIES.every(name => dropped.has(name))
}
