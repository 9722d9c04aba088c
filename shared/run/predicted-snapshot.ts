import { DEFAULT_CAPABILITIES, plainCapability } from '../analysis/capabilities'
import { sandboxOf } from '../analysis/sandbox'
import type { ContainerDetail, DeclaredMount, Port } from '../model/container'
import { type Evidence, EvidenceByFact, FactName } from '../model/evidence'
import type { Mount } from '../model/files'
import type { ImageConfig } from '../model/image'
import type { RunContext } from '../model/run-context'
import type { PlannedMount, RunPlan } from '../model/run-plan'
import type { CapabilitySets, Security } from '../model/security'
import type { Snapshot } from '../model/snapshot'
import { SNAPSHOT_FORMAT } from '../model/snapshot-format'
import { looksSecret } from '../text/secret-names'
import { isMoby, predictNamespaces } from './predict-namespaces'

/** What decides how a container will be isolated beside the plan; `image` is null where the engine does not have it yet. */
export interface PredictionContext extends RunContext { readonly image: ImageConfig | null }

/** What stands in a mapping whose other end only the engine knows: not root, whoever it is. */
const SOMEBODY = 1
/** Every id (user_namespaces(7)): the map of a process that is in no user namespace but the first. */
const ALL_IDS = 4_294_967_295

/**
 * The container as the rules of the analysis see one that runs, with every fact that follows from the plan and the engine, and the others
 * unknown with their reason. It is for the rules alone: nothing in it was observed, and what it holds of processes, files and numbers is nothing.
 */
export function predictedSnapshot(plan: RunPlan, context: PredictionContext): Snapshot {
  const { engine } = context
  const sandbox = sandboxOf({ runtime: plan.runtime || context.defaultRuntime }, engine)
  const uid = predictedUid(plan, context)
  const isMapped = engine.isRootless || (engine.hasUserNamespaceRemap && plan.modes.user !== 'host')
  const namespaces = predictNamespaces(plan, context)
  const security = sandbox === null ? predictedSecurity(plan, context, uid) : NO_SECURITY
  const isEnforced = { memory: context.enforces.memory !== false, cpu: context.enforces.cpu !== false, pids: context.enforces.pids !== false }
  const published = predictedPorts(plan, context)
  const canGainNothing = security.hasNoNewPrivileges === true && security.capabilities?.permitted.length === 0
  return {
    format: SNAPSHOT_FORMAT,
    id: 'prediction',
    takenAt: '1970-01-01T00:00:00.000Z',
    tookMs: 0,
    isoscopeVersion: '',
    engine,
    container: predictedContainer(plan, context),
    host: { where: 'engine-machine', proof: 'the engine says so', engineUser: null, hostname: engine.name, operatingSystem: engine.operatingSystem, kernelVersion: engine.kernelVersion, cpuCount: null, memoryBytes: context.hostMemoryBytes },
    thisComputer: null,
    namespaces: namespaces.map(({ type, verdict, sharedWith, because }) => ({
      type, container: null, host: null, verdict, sharedWith: sharedWith === null ? [] : [sharedWith], source: verdict === 'unknown' ? missing(because) : settled, hostSource: settled,
    })),
    processes: [],
    hostProcesses: [],
    processCounts: { inside: null, host: null },
    files: { rootInside: null, rootHost: null, entryCount: null, sizeBytes: null, isComplete: false, sizeTree: null, changes: null, mounts: predictedVolumes(plan, context) },
    workingDirectory: { inside: null, onHost: null },
    network: { mode: plan.modes.network, inside: null, host: null, published: published ?? [], attached: [] },
    hostname: { inside: null, host: null },
    users: {
      inside: null,
      host: null,
      uidMap: sandbox !== null ? null : isMapped ? [{ inside: 0, onHost: SOMEBODY, count: 1 }] : [{ inside: 0, onHost: 0, count: ALL_IDS }],
      gidMap: null,
      main: { uid, user: null, hostUid: sandbox !== null || isMapped ? null : uid, hostUser: null },
    },
    cgroup: {
      version: engine.cgroupVersion,
      path: null,
      cpu: { limitCpus: isEnforced.cpu && plan.limits.nanoCpus !== null ? plan.limits.nanoCpus / 1e9 : 'unlimited', weight: null, usageSeconds: null, throttledSeconds: null },
      memory: { limitBytes: isEnforced.memory ? plan.limits.memoryBytes ?? 'unlimited' : 'unlimited', usageBytes: null, reclaimableBytes: null, peakBytes: null },
      pids: { limit: predictedPids(plan, context), current: null },
    },
    security,
    evidence: {
      ...EvidenceByFact.parse(Object.fromEntries(FactName.options.map(name => [name, settled]))),
      'processes': canGainNothing ? settled : missing('which processes will run later, and as which users, is not known before it starts'),
      'users.idMaps': uid === null ? missing(context.image === null ? 'the engine does not have the image, so its user is not known' : 'which number that user has is written in the image’s /etc/passwd') : settled,
      'security': sandbox !== null ? missing(sandbox.because) : settled,
      'cgroup': { ...settled, unknownBecause: 'systemd gives every container a limit of its own, which the engine does not tell' },
      'network.published': published === null ? missing(context.image === null ? 'the engine does not have the image, so its ports are not known' : 'on which address its network publishes ports is not told') : settled,
    },
    problems: [],
  }
}

const settled: Evidence = { source: 'engine-api', detail: 'GET /info', command: 'docker info', unknownBecause: null, step: 'engine-api', missingStep: null }
const missing = (because: string): Evidence => ({ source: 'none', detail: '', command: 'docker info', unknownBecause: because, step: null, missingStep: null })

const NO_SECURITY: Security = { capabilities: null, seccomp: null, hasNoNewPrivileges: null, lsmLabel: null, isRootReadOnly: null, maskedPaths: null, readOnlyPaths: null, mountedSockets: [], devices: [] }

/** The first process's user, where it is a number or root's name (docker-run(1), `--user`). */
function predictedUid(plan: RunPlan, { image }: PredictionContext): number | null {
  const user = plan.user === '' ? image?.user ?? null : plan.user
  if (user === null)
    return null
  const name = user.split(':')[0] ?? ''
  if (name === '' || name === 'root')
    return 0
  return /^\d{1,10}$/.test(name) ? Number(name) : null
}

/** Without `--pids-limit` systemd gives a scope its own default (systemd.resource-control(5), TasksMax); the other driver gives none. */
function predictedPids({ limits: { pids } }: RunPlan, { engine, enforces }: PredictionContext): Snapshot['cgroup']['pids']['limit'] {
  if (pids !== null && pids > 0 && enforces.pids !== false)
    return pids
  return pids === -1 || enforces.pids === false || engine.cgroupDriver === 'cgroupfs' ? 'unlimited' : null
}

function predictedSecurity(plan: RunPlan, context: PredictionContext, uid: number | null): Security {
  const areKernelPathsOpen = plan.isPrivileged || plan.securityOptions.includes('systempaths=unconfined')
  return {
    capabilities: predictedCapabilities(plan, context, uid),
    seccomp: predictedSeccomp(plan, context),
    hasNoNewPrivileges: predictedNoNewPrivileges(plan, context),
    lsmLabel: predictedLabel(plan, context),
    isRootReadOnly: plan.isReadOnlyRoot,
    // One of many each: the rules ask whether there are any.
    maskedPaths: areKernelPathsOpen ? [] : ['/proc/kcore'],
    readOnlyPaths: areKernelPathsOpen ? [] : ['/proc/sys'],
    mountedSockets: [],
    devices: plan.isPrivileged ? [] : plan.devices,
  }
}

/** Those that have a meaning for the rules; the kernel has more, and ALL adds them too. */
const NAMED = [...new Set([...DEFAULT_CAPABILITIES, 'SYS_ADMIN', 'SYS_MODULE', 'SYS_RAWIO', 'DAC_READ_SEARCH', 'BPF', 'PERFMON', 'SYS_TIME', 'SYS_BOOT', 'MAC_ADMIN', 'MAC_OVERRIDE', 'SYS_PTRACE', 'NET_ADMIN', 'AUDIT_CONTROL', 'AUDIT_READ', 'SYSLOG'])]

/** moby, oci/caps (TweakCapabilities): what is added goes before what is dropped. A user who is not root holds none, but may be given them. */
function predictedCapabilities(plan: RunPlan, context: PredictionContext, uid: number | null): CapabilitySets | null {
  if (!isMoby(context) || uid === null)
    return null
  const added = plan.capabilitiesAdded.map(plainCapability)
  const dropped = plan.capabilitiesDropped.map(plainCapability)
  const bounding = plan.isPrivileged
    ? NAMED
    : added.includes('ALL')
      ? NAMED.filter(name => !dropped.includes(name))
      : [...new Set([...dropped.includes('ALL') ? [] : DEFAULT_CAPABILITIES.filter(name => !dropped.includes(name)), ...added])]
  const held = uid === 0 ? bounding : []
  return { effective: held, permitted: held, inheritable: [], bounding, ambient: [] }
}

/** `name=seccomp,profile=…` is the engine's filter (`GET /info`); without it the engine or its kernel has none. */
function predictedSeccomp({ isPrivileged, securityOptions }: RunPlan, { engine }: PredictionContext): Security['seccomp'] {
  const own = engine.securityOptions.find(option => /^name=seccomp\b/.test(option))
  if (isPrivileged || own === undefined || securityOptions.some(option => /^seccomp[=:]unconfined$/.test(option)))
    return 'disabled'
  return own.includes('profile=unconfined') ? 'disabled' : 'filter'
}

/** Engines list their default as `name=no-new-privileges` since 24.0; of older ones a default that is on cannot be told from one that is off. */
function predictedNoNewPrivileges({ securityOptions }: RunPlan, context: PredictionContext): boolean | null {
  const option = securityOptions.findLast(one => one.startsWith('no-new-privileges'))
  if (option !== undefined)
    return /^no-new-privileges(?:[=:](?:true|1|t))?$/i.test(option)
  if (context.engine.securityOptions.includes('name=no-new-privileges'))
    return true
  return isMoby(context) && Number.parseInt(context.engine.version, 10) >= 24 ? false : null
}

/** As `/proc/<pid>/attr/current` will have it, as far as the rules read it. */
function predictedLabel({ isPrivileged, securityOptions }: RunPlan, { engine }: PredictionContext): string | null {
  const hasModule = (name: string): boolean => engine.securityOptions.some(option => option === `name=${name}` || option.startsWith(`name=${name},`))
  if (hasModule('apparmor')) {
    const profile = securityOptions.findLast(option => option.startsWith('apparmor'))?.slice('apparmor='.length)
    return profile === undefined ? isPrivileged ? 'unconfined' : 'docker-default (enforce)' : profile === 'unconfined' ? profile : null
  }
  if (hasModule('selinux'))
    return isPrivileged || securityOptions.some(option => /^label[=:]disable$/.test(option)) ? 'system_u:system_r:spc_t:s0' : 'system_u:system_r:container_t:s0'
  return 'none'
}

/** Null: it cannot be told which ports will be published, or where. A container in another's network, or in none, publishes nothing. */
function predictedPorts(plan: RunPlan, { image, networks }: PredictionContext): Port[] | null {
  if (/^(?:host|none)$|^container:/.test(plan.modes.network))
    return []
  const wanted = [
    ...plan.ports,
    ...plan.publishesAll ? [...image?.exposed ?? [], ...plan.exposed].map(port => ({ ...port, hostAddress: '', hostPort: '' })) : [],
  ]
  if (plan.publishesAll && image === null)
    return null
  const own = networks.find(({ name }) => name === (plan.modes.network || 'bridge'))?.publishesOn ?? null
  if (own === null && wanted.some(({ hostAddress }) => hostAddress === ''))
    return null
  // Which port a free one will be is not known, and does not matter.
  return wanted.map(port => ({ containerPort: port.containerPort, protocol: port.protocol, hostPort: Number.parseInt(port.hostPort, 10) || 0, hostAddress: port.hostAddress || (own ?? '') }))
}

function predictedContainer(plan: RunPlan, { image, defaultRuntime, rootFolder }: PredictionContext): ContainerDetail {
  const names = new Set([...image?.environment.map(({ name }) => name) ?? [], ...plan.environment.map(({ name }) => name)])
  return {
    id: '0'.repeat(64),
    name: plan.name,
    image: plan.image,
    command: plan.command.join(' '),
    createdAt: '1970-01-01T00:00:00.000Z',
    state: 'running',
    status: '',
    ports: [],
    imageId: '',
    hostPid: null,
    startedAt: null,
    finishedAt: null,
    exitCode: null,
    restartCount: 0,
    runtime: plan.runtime || defaultRuntime,
    platform: 'linux',
    user: plan.user || (image?.user ?? ''),
    workingDirectory: plan.workingDirectory || image?.workingDirectory || '/',
    entrypoint: plan.entrypoint === null ? image?.entrypoint ?? [] : [plan.entrypoint],
    arguments: plan.command,
    environment: [...names].map(name => ({ name, looksSecret: looksSecret(name) })),
    labels: plan.labels,
    modes: plan.modes,
    isPrivileged: plan.isPrivileged,
    isReadOnlyRoot: plan.isReadOnlyRoot,
    capabilitiesAdded: plan.capabilitiesAdded,
    capabilitiesDropped: plan.capabilitiesDropped,
    securityOptions: plan.securityOptions.filter(option => option !== 'systempaths=unconfined'),
    maskedPaths: null,
    readOnlyPaths: null,
    devices: plan.devices,
    mounts: plan.mounts.flatMap(mount => predictedMount(mount, rootFolder)),
    appArmorProfile: '',
    restartPolicy: plan.restart.policy,
    hasHealthCheck: image?.hasHealthCheck ?? false,
    limits: { memoryBytes: plan.limits.memoryBytes, cpus: plan.limits.nanoCpus === null ? null : plan.limits.nanoCpus / 1e9, pids: plan.limits.pids === -1 ? null : plan.limits.pids },
  }
}

/** As `docker inspect` will list it; volumes lie in the engine's own folder, and a tmpfs nowhere. */
function predictedMount(mount: PlannedMount, rootFolder: string): DeclaredMount[] {
  if (mount.flag === 'tmpfs' || (mount.flag === 'mount' && mount.type === 'tmpfs'))
    return []
  const isBind = isBindMount(mount)
  const options = mount.flag === 'volume' ? mount.options : []
  const propagation = mount.flag === 'mount' ? mount.type === 'bind' ? mount.propagation : null : options.find(option => /^r?(?:private|shared|slave)$/.test(option))
  return [{
    type: isBind ? 'bind' : 'volume',
    source: mount.source ?? '',
    destination: mount.target,
    isReadOnly: mount.flag === 'mount' ? mount.isReadOnly : options.includes('ro'),
    propagation: propagation ?? (isBind ? isAroundEngine(mount.source ?? '', rootFolder) ? 'rslave' : 'rprivate' : ''),
  }]
}

const isBindMount = (mount: PlannedMount): boolean =>
  mount.flag !== 'tmpfs' && (mount.flag === 'mount' ? mount.type === 'bind' : mount.source?.startsWith('/') === true)

/** A bind of the engine's own folder, of one in it or around it, is a slave where nothing is said (moby, daemon/volumes_linux.go). */
const isAroundEngine = (source: string, rootFolder: string): boolean =>
  rootFolder !== '' && (source.startsWith(rootFolder) || rootFolder.startsWith(source))

/** Volumes as the kernel will have them: that they spread as the mount of the engine's folder does, and how that is, the engine does not tell. */
const predictedVolumes = (plan: RunPlan, { image }: PredictionContext): Mount[] =>
  [...plan.mounts.flatMap(mount => mount.flag === 'tmpfs' || isBindMount(mount) || (mount.flag === 'mount' && mount.type === 'tmpfs') ? [] : [mount.target]), ...image?.volumes ?? []].map(target => ({
    destination: target, source: '', hostPath: '/var/lib/docker/volumes/any/_data', fileSystem: '', isReadOnly: false, options: '', propagation: 'unknown', isDeclared: true,
  }))
