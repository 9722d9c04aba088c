import type { PlannedMount, RunPlan } from '../model/run-plan'
import { mountFlag } from './mount-spec'
import { exposedText, portText } from './port-spec'
import { cpusText, sizeText } from './sizes'
import { yamlText } from './yaml-text'

/** A line of YAML, further in by two for each level. */
type Lines = readonly string[]

const inner = (lines: Lines): string[] => lines.map(line => `  ${line}`)

/**
 * The same container as a service of a Compose file (Compose specification), whole: networks and volumes that it names are those that are
 * there under that very name. What Compose cannot say stands in a comment.
 */
export function composeSnippet(plan: RunPlan): string {
  const service = plan.name === '' ? 'app' : plan.name
  const networks = isOwnNetwork(plan.modes.network) ? [plan.modes.network] : []
  const volumes = [...new Set(plan.mounts.flatMap(volumeName))]
  return [
    ...cannotSay(plan).map(what => `# ${what}`),
    'services:',
    ...inner([`${yamlText(service)}:`, ...inner(serviceLines(plan))]),
    ...named('networks', networks, ['external: true']),
    ...named('volumes', volumes, []),
    '',
  ].join('\n')
}

function cannotSay(plan: RunPlan): string[] {
  return [
    ...plan.isDetached ? ['Start it with `docker compose up -d`: a Compose file does not say that it runs in the background.'] : [],
    ...plan.isRemovedAtEnd ? ['Compose does not remove a container when it ends (--rm): `docker compose down` does.'] : [],
    ...plan.publishesAll ? ['Compose does not publish all exposed ports (--publish-all): each one needs a line in `ports`.'] : [],
  ]
}

/** A network that somebody made; the others are modes. */
const isOwnNetwork = (network: string): boolean => network !== '' && !/^(?:host|none|bridge|default)$|^container:/s.test(network)

const volumeName = (mount: PlannedMount): string[] =>
  mount.flag === 'tmpfs' || (mount.flag === 'mount' && mount.type !== 'volume') || mount.source === null || mount.source.startsWith('/') ? [] : [mount.source]

/** Without `name`, Compose would put the project's before it. */
const named = (kind: string, names: Lines, more: Lines): string[] =>
  names.length === 0 ? [] : [`${kind}:`, ...inner(names.flatMap(name => [`${yamlText(name)}:`, ...inner([`name: ${yamlText(name)}`, ...more])]))]

function serviceLines(plan: RunPlan): string[] {
  const { limits, modes, restart } = plan
  return [
    text('image', plan.image),
    text('container_name', plan.name),
    // An empty list takes the image's away, as an empty --entrypoint does.
    plan.entrypoint === '' ? ['entrypoint: []'] : list('entrypoint', plan.entrypoint === null ? [] : [plan.entrypoint]),
    list('command', plan.command),
    yes('stdin_open', plan.isInteractive),
    yes('tty', plan.hasTerminal),
    plan.hasInit === null ? [] : [`init: ${plan.hasInit}`],
    restart.policy === 'no' ? [] : text('restart', restart.maximumRetries > 0 ? `${restart.policy}:${restart.maximumRetries}` : restart.policy),
    text('stop_signal', plan.stopSignal),
    plan.stopTimeoutSeconds === null ? [] : text('stop_grace_period', `${plan.stopTimeoutSeconds}s`),
    text('hostname', plan.hostname),
    text('user', plan.user),
    text('working_dir', plan.workingDirectory),
    list('group_add', plan.groups),
    list('environment', plan.environment.map(({ name, value }) => `${name}=${value}`)),
    list('labels', plan.labels.map(({ name, value }) => `${name}=${value}`)),
    isOwnNetwork(modes.network) ? list('networks', [modes.network]) : text('network_mode', modes.network),
    list('ports', plan.ports.map(portText)),
    list('expose', plan.exposed.map(exposedText)),
    list('extra_hosts', plan.extraHosts.map(({ name, address }) => `${name}:${address}`)),
    list('dns', plan.dns),
    volumes(plan.mounts),
    list('tmpfs', plan.mounts.flatMap(mount => mount.flag === 'tmpfs' ? [mountFlag(mount)[1]] : [])),
    yes('read_only', plan.isReadOnlyRoot),
    list('devices', plan.devices.map(({ onHost, inside, permissions }) => `${onHost}:${inside}:${permissions}`)),
    plan.sharedMemoryBytes === null ? [] : text('shm_size', sizeText(plan.sharedMemoryBytes)),
    text('pid', modes.pid),
    text('ipc', modes.ipc),
    text('uts', modes.uts),
    text('userns_mode', modes.user),
    text('cgroup', modes.cgroup),
    yes('privileged', plan.isPrivileged),
    list('cap_drop', plan.capabilitiesDropped),
    list('cap_add', plan.capabilitiesAdded),
    list('security_opt', plan.securityOptions),
    list('sysctls', plan.sysctls.map(({ name, value }) => `${name}=${value}`)),
    text('runtime', plan.runtime),
    limits.nanoCpus === null ? [] : [`cpus: ${cpusText(limits.nanoCpus)}`],
    limits.cpuShares === null ? [] : [`cpu_shares: ${limits.cpuShares}`],
    text('cpuset', limits.cpuset),
    limits.memoryBytes === null ? [] : text('mem_limit', sizeText(limits.memoryBytes)),
    limits.memorySwapBytes === null ? [] : limits.memorySwapBytes === -1 ? ['memswap_limit: -1'] : text('memswap_limit', sizeText(limits.memorySwapBytes)),
    limits.pids === null ? [] : [`pids_limit: ${limits.pids}`],
    limits.ulimits.length === 0 ? [] : ['ulimits:', ...inner(limits.ulimits.flatMap(({ name, soft, hard }) => soft === hard ? [`${name}: ${soft}`] : [`${name}:`, `  soft: ${soft}`, `  hard: ${hard}`]))],
  ].flat()
}

const text = (key: string, value: string): string[] => value === '' ? [] : [`${key}: ${yamlText(value)}`]
const yes = (key: string, is: boolean): string[] => is ? [`${key}: true`] : []
const list = (key: string, values: Lines): string[] => values.length === 0 ? [] : [`${key}:`, ...inner(values.map(value => `- ${yamlText(value)}`))]

function volumes(mounts: readonly PlannedMount[]): string[] {
  const lines = mounts.flatMap((mount): string[] => {
    if (mount.flag === 'tmpfs')
      return []
    if (mount.flag === 'volume')
      return [`- ${yamlText(mountFlag(mount)[1])}`]
    return [
      `- type: ${mount.type}`,
      ...mount.type === 'tmpfs' || mount.source === null ? [] : [`  source: ${yamlText(mount.source)}`],
      `  target: ${yamlText(mount.target)}`,
      ...mount.isReadOnly ? ['  read_only: true'] : [],
      ...ownLines(mount),
    ]
  })
  return lines.length === 0 ? [] : ['volumes:', ...inner(lines)]
}

function ownLines(mount: Extract<PlannedMount, { flag: 'mount' }>): string[] {
  switch (mount.type) {
    case 'bind':
      // `--mount` refuses a folder that is not there; Compose would make it.
      return ['  bind:', ...mount.propagation === null ? [] : [`    propagation: ${mount.propagation}`], '    create_host_path: false']
    case 'volume':
      return mount.isCopied ? [] : ['  volume:', '    nocopy: true']
    case 'tmpfs':
      return mount.sizeBytes === null && mount.mode === null
        ? []
        : ['  tmpfs:', ...mount.sizeBytes === null ? [] : [`    size: ${mount.sizeBytes}`], ...mount.mode === null ? [] : [`    mode: 0o${mount.mode.toString(8)}`]]
  }
}
