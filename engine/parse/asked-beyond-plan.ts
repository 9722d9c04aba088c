import { RawAsked } from './docker-asked'
import type { RawImageConfig } from './docker-image'
import type { EngineDefaults } from './engine-defaults'

/** In a person's words; `value` is not empty. */
type Words = (value: unknown) => string

const named = (what: string): Words => value => `${what} ${Array.isArray(value) ? value.join(', ') : String(value)}`
const told = (words: string): Words => () => words

/** What docker can be asked for and a plan has no place for: its flags are `NOT_TAKEN` in shared/run/flags.ts. */
const WORDS: ReadonlyMap<string, Words> = new Map([
  ['Domainname', named('its domain name')],
  ['MacAddress', named('its MAC address')],
  ['NetworkDisabled', told('that it has no network')],
  ['Links', told('its links to other containers (--link)')],
  ['VolumesFrom', named('the volumes that it takes from')],
  ['VolumeDriver', named('its volume driver')],
  ['DnsOptions', named('its resolver options')],
  ['DnsSearch', named('its search domains')],
  ['Cgroup', named('its control group')],
  ['CgroupParent', named('its parent control group')],
  ['OomScoreAdj', named('its out-of-memory score')],
  ['OomKillDisable', told('that the kernel does not end it where memory runs out')],
  ['StorageOpt', told('its storage options')],
  ['BlkioWeight', named('its weight in reading and writing disks')],
  ['BlkioWeightDevice', told('its weights in reading and writing single disks')],
  ['BlkioDeviceReadBps', told('its limits in reading disks')],
  ['BlkioDeviceWriteBps', told('its limits in writing disks')],
  ['BlkioDeviceReadIOps', told('its limits in reading disks, in operations')],
  ['BlkioDeviceWriteIOps', told('its limits in writing disks, in operations')],
  ['CpuRealtimePeriod', told('its real-time period')],
  ['CpuRealtimeRuntime', told('its real-time share')],
  ['CpusetMems', named('its memory nodes')],
  ['DeviceCgroupRules', named('its rules for devices')],
  ['DeviceRequests', told('its devices by request, such as GPUs (--gpus)')],
  ['KernelMemory', told('its limit of kernel memory')],
  ['KernelMemoryTCP', told('its limit of kernel memory for TCP')],
  ['MemoryReservation', told('its soft limit of memory')],
  ['MemorySwappiness', named('its swappiness')],
  ['Annotations', told('its annotations')],
])

/** What the docker client was to do, what is of the image's making, or of Windows, and nothing of the container. */
const NO_PART: ReadonlySet<string> = new Set(['AttachStdin', 'AttachStderr', 'StdinOnce', 'ArgsEscaped', 'OnBuild', 'Shell', 'ContainerIDFile', 'ConsoleSize', 'Isolation'])

/**
 * What a container was made with and a plan has no place for, each as what follows "it will not have": networks beyond the first, logs, health checks, and all
 * that stands beside what is read, also what an engine knows and Isoscope does not.
 */
export function beyondPlan(raw: RawAsked, image: RawImageConfig, engine: EngineDefaults): string[] {
  const { Config: config, HostConfig: host } = raw
  return [
    ...isNothing(config.Healthcheck) || JSON.stringify(config.Healthcheck) === JSON.stringify(image.Config?.Healthcheck) ? [] : ['its own health check'],
    ...logsBeyond(host, engine),
    ...networksBeyond(raw),
    ...unread(config, RawAsked.shape.Config.shape),
    ...unread(host, RawAsked.shape.HostConfig.shape),
  ]
}

const unread = (fields: object, read: object): string[] => Object.entries(fields).flatMap(([key, value]) => Object.hasOwn(read, key) || NO_PART.has(key) || isNothing(value)
  ? []
  : [WORDS.get(key)?.(value) ?? `its ${key}, which Isoscope does not know`])

/** The engine writes its own driver and options where none were asked for, so options cannot be told from its own. */
function logsBeyond({ LogConfig }: RawAsked['HostConfig'], { logDriver }: EngineDefaults): string[] {
  if (!LogConfig || LogConfig.Type === '')
    return []
  if (logDriver !== '' && LogConfig.Type !== logDriver)
    return [`its log driver ${LogConfig.Type} (${logDriver} instead)`]
  return LogConfig.Config.size === 0 ? [] : [`its log options ${[...LogConfig.Config.keys()].join(', ')}, unless they are the engine’s own`]
}

function networksBeyond({ Id, Name, Config, HostConfig, NetworkSettings }: RawAsked): string[] {
  const all = [...NetworkSettings?.Networks ?? []]
  const mode = HostConfig.NetworkMode === 'default' ? 'bridge' : HostConfig.NetworkMode
  // What the engine calls it by itself: the beginning of the id, its name, and once it has been started its hostname.
  const own = [Id.slice(0, 12), Name.replace(/^\//, ''), Config.Hostname]
  return all.flatMap(([name, { NetworkID, IPAMConfig, Links, Aliases, DriverOpts }]) => {
    if (all.length > 1 && name !== mode && NetworkID !== mode)
      return [`its network ${name}`]
    const aliases = Aliases.filter(alias => !own.includes(alias))
    return [
      ...isNothing(IPAMConfig) ? [] : [`its fixed address in the network ${name}`],
      ...aliases.length === 0 ? [] : [`its other names in the network ${name}: ${aliases.join(', ')}`],
      ...Links.length === 0 ? [] : [`its links in the network ${name}`],
      ...isNothing(DriverOpts) ? [] : [`its options of the network ${name}`],
    ]
  })
}

/** As engines write what nobody asked for; -1 is it of swappiness, and of limits of Windows. */
export const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || value === 0 || value === -1 || value === false
  || (typeof value === 'object' && Object.values(value).every(isNothing))
