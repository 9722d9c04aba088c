import type { RunPlan } from '../model/run-plan'
import { parseDevice, parseDns, parseExtraHost, parseLabel, parsePidsLimit, parseRestart, parseSecurityOption, parseShares, parseSwap, parseSysctl, parseUlimit, parseVariable } from './flag-values'
import { parseMount, parseTmpfs, parseVolume } from './mount-spec'
import { parseExposed, parsePorts } from './port-spec'
import { parseCpus, parseSize, parseWhole } from './sizes'
import { WrongValue } from './wrong-value'

type Take<T> = (plan: RunPlan, value: T) => void

/** Flags that are there or not; `--flag=false` takes them back. */
export const SWITCHES: ReadonlyMap<string, Take<boolean>> = new Map<string, Take<boolean>>([
  ['detach', (plan, is) => { plan.isDetached = is }],
  ['init', (plan, is) => { plan.hasInit = is }],
  ['interactive', (plan, is) => { plan.isInteractive = is }],
  ['privileged', (plan, is) => { plan.isPrivileged = is }],
  ['publish-all', (plan, is) => { plan.publishesAll = is }],
  ['read-only', (plan, is) => { plan.isReadOnlyRoot = is }],
  ['rm', (plan, is) => { plan.isRemovedAtEnd = is }],
  ['tty', (plan, is) => { plan.hasTerminal = is }],
])

/** Of flags that may stand once the last counts; the others add up. A limit of 0 is docker's word for none. */
export const VALUES: ReadonlyMap<string, Take<string>> = new Map<string, Take<string>>([
  ['add-host', (plan, value) => { plan.extraHosts.push(parseExtraHost(value)) }],
  ['cap-add', (plan, value) => { plan.capabilitiesAdded.push(parseCapability(value)) }],
  ['cap-drop', (plan, value) => { plan.capabilitiesDropped.push(parseCapability(value)) }],
  ['cgroupns', (plan, value) => { plan.modes.cgroup = oneOf(['', 'host', 'private'], value) }],
  ['cpu-shares', (plan, value) => { plan.limits.cpuShares = parseShares(value) || null }],
  ['cpus', (plan, value) => { plan.limits.nanoCpus = parseCpus(value) || null }],
  ['cpuset-cpus', (plan, value) => { plan.limits.cpuset = value }],
  ['device', (plan, value) => { plan.devices.push(parseDevice(value)) }],
  ['dns', (plan, value) => { plan.dns.push(parseDns(value)) }],
  ['entrypoint', (plan, value) => { plan.entrypoint = value }],
  ['env', (plan, value) => { plan.environment.push(parseVariable(value)) }],
  ['expose', (plan, value) => { plan.exposed.push(...parseExposed(value)) }],
  ['group-add', (plan, value) => { plan.groups.push(value) }],
  ['hostname', (plan, value) => { plan.hostname = value }],
  ['ipc', (plan, value) => { plan.modes.ipc = containerOr(['', 'host', 'none', 'private', 'shareable'], value) }],
  ['label', (plan, value) => { plan.labels.push(parseLabel(value)) }],
  ['memory', (plan, value) => { plan.limits.memoryBytes = parseSize(value) || null }],
  ['memory-swap', (plan, value) => { plan.limits.memorySwapBytes = parseSwap(value) || null }],
  ['mount', (plan, value) => { plan.mounts.push(parseMount(value)) }],
  ['name', (plan, value) => { plan.name = parseName(value) }],
  ['network', (plan, value) => { plan.modes.network = parseNetwork(plan.modes.network, value) }],
  ['pid', (plan, value) => { plan.modes.pid = containerOr(['', 'host'], value) }],
  ['pids-limit', (plan, value) => { plan.limits.pids = parsePidsLimit(value) || null }],
  ['publish', (plan, value) => { plan.ports.push(...parsePorts(value)) }],
  ['restart', (plan, value) => { plan.restart = parseRestart(value) }],
  ['runtime', (plan, value) => { plan.runtime = value }],
  ['security-opt', (plan, value) => { plan.securityOptions.push(parseSecurityOption(value)) }],
  ['shm-size', (plan, value) => { plan.sharedMemoryBytes = parseSize(value) || null }],
  ['stop-signal', (plan, value) => { plan.stopSignal = value }],
  ['stop-timeout', (plan, value) => { plan.stopTimeoutSeconds = parseWhole(value) }],
  ['sysctl', (plan, value) => { plan.sysctls.push(parseSysctl(value)) }],
  ['tmpfs', (plan, value) => { plan.mounts.push(parseTmpfs(value)) }],
  ['ulimit', (plan, value) => { plan.limits.ulimits.push(parseUlimit(value)) }],
  ['user', (plan, value) => { plan.user = value }],
  ['userns', (plan, value) => { plan.modes.user = oneOf(['', 'host'], value) }],
  ['uts', (plan, value) => { plan.modes.uts = oneOf(['', 'host'], value) }],
  ['volume', (plan, value) => { plan.mounts.push(parseVolume(value)) }],
  ['workdir', (plan, value) => { plan.workingDirectory = value }],
])

/** One letter after one dash, and docker's own second names. */
export const SHORT: ReadonlyMap<string, string> = new Map([
  ['a', 'attach'], ['c', 'cpu-shares'], ['d', 'detach'], ['e', 'env'], ['h', 'hostname'], ['i', 'interactive'], ['l', 'label'], ['m', 'memory'],
  ['p', 'publish'], ['P', 'publish-all'], ['q', 'quiet'], ['t', 'tty'], ['u', 'user'], ['v', 'volume'], ['w', 'workdir'],
])
export const SECOND_NAMES: ReadonlyMap<string, string> = new Map([['net', 'network']])

/** What docker has and Isoscope has no place for: named, so that nobody believes that it was heeded. */
export const NOT_TAKEN: ReadonlySet<string> = new Set([
  'annotation', 'attach', 'blkio-weight', 'blkio-weight-device', 'cgroup-parent', 'cidfile', 'cpu-count', 'cpu-percent', 'cpu-period', 'cpu-quota', 'cpu-rt-period', 'cpu-rt-runtime',
  'cpuset-mems', 'detach-keys', 'device-cgroup-rule', 'device-read-bps', 'device-read-iops', 'device-write-bps', 'device-write-iops', 'disable-content-trust', 'dns-opt', 'dns-option', 'dns-search',
  'domainname', 'env-file', 'gpus', 'health-cmd', 'health-interval', 'health-retries', 'health-start-interval', 'health-start-period', 'health-timeout', 'help', 'io-maxbandwidth', 'io-maxiops', 'ip', 'ip6',
  'isolation', 'kernel-memory', 'label-file', 'link', 'link-local-ip', 'log-driver', 'log-opt', 'mac-address', 'memory-reservation', 'memory-swappiness', 'net-alias', 'network-alias', 'no-healthcheck',
  'oom-kill-disable', 'oom-score-adj', 'platform', 'pull', 'quiet', 'sig-proxy', 'storage-opt', 'use-api-socket', 'volume-driver', 'volumes-from',
])

function oneOf<T extends string>(known: readonly T[], value: string): T {
  const found = known.find(one => one === value)
  if (found === undefined)
    throw new WrongValue('is not one that docker knows', `Use ${known.filter(one => one !== '').join(' or ')}.`)
  return found
}

function containerOr(known: readonly string[], value: string): string {
  if (/^container:./s.test(value))
    return value
  if (!known.includes(value))
    throw new WrongValue('is not one that docker knows', `Use ${[...known.filter(one => one !== ''), 'container:NAME'].join(' or ')}.`)
  return value
}

function parseName(value: string): string {
  if (!/^(?:[a-zA-Z0-9][\w.-]+)?$/.test(value))
    throw new WrongValue('is no name for a container', 'Use letters, digits, and after the first also _ . -; two at least.')
  return value
}

function parseCapability(value: string): string {
  if (!/^\w+$/.test(value))
    throw new WrongValue('is no capability', 'Write one name for each flag, such as NET_ADMIN, or ALL.')
  return value
}

function parseNetwork(before: string, value: string): string {
  if (before !== '' && before !== value)
    throw new WrongValue(`is a second network beside ${before}`, 'Name one; `docker network connect` adds others afterwards.')
  if (/[=,]/.test(value))
    throw new WrongValue('has options for its network, which have no place here', 'Write the network’s name alone.')
  if (/^container:$|^$/.test(value))
    throw new WrongValue('names no network', 'Use none, host, bridge, container:NAME or the name of a network.')
  return value
}
