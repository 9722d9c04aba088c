import { z } from 'zod'
import type { Machine } from '../machine'
import { type Need, NEEDS } from './situation'

const Version = z.object({ Components: z.array(z.object({ Name: z.string() })).nullish() })

interface EngineKind {
  readonly isPodman: boolean
  readonly isRootless: boolean
  readonly isRemapped: boolean
  /** Whether root of that machine has every capability that its kernel knows. */
  readonly isAlmighty: boolean
  /** `/dev/mqueue`, which Podman hands on. */
  readonly hasMessageQueues: boolean
  readonly hasInit: boolean
}

/** The bounding set is every capability up to the last one that the kernel knows (capabilities(7)). */
const ALL_CAPABILITIES = 'test "$(sed -n "s/^CapBnd:[[:space:]]*0*//p" /proc/self/status)" = "$(printf %x $(( (1 << ($(cat /proc/sys/kernel/cap_last_cap) + 1)) - 1 )))"'

const NO_GROUPS = 'a rootless engine may not make control groups of version 1'
const NO_NAMESPACE = 'a namespace that belongs to the machine\'s own users gives a user namespace below no rights: the kernel refuses'
const REMAPPED = 'dockerd refuses that to a container in a user namespace'

/** For each need the reason why an engine cannot meet it; null: it can. */
const REASONS: Readonly<Record<Need, (kind: EngineKind) => string | false>> = {
  'network': ({ isPodman, isRootless }) => isPodman && isRootless && 'there is no slirp4netns, by which a rootless Podman gives one',
  'bridge': ({ isPodman, isRootless }) => isRootless ? 'a rootless engine without a network namespace of its own may not make a bridge' : isPodman && 'Podman\'s bridges leave rules in the machine\'s firewall',
  'limits': ({ isRootless }) => isRootless && NO_GROUPS,
  'pause': ({ isRootless }) => isRootless && NO_GROUPS,
  'host-cgroup': ({ isRootless }) => isRootless && NO_GROUPS,
  'privileged': ({ isAlmighty, isPodman, isRootless }) => !isAlmighty && !isPodman && !isRootless && 'root of this machine lacks capabilities that dockerd would give',
  'host-pid': ({ isPodman, isRemapped, isRootless }) => isRemapped ? REMAPPED : isRootless && !isPodman && `${NO_NAMESPACE} to mount its /proc`,
  'host-ipc': ({ isPodman, isRemapped, isRootless, hasMessageQueues }) => isRemapped
    ? REMAPPED
    : isRootless && (isPodman ? !hasMessageQueues && 'a rootless Podman hands on /dev/mqueue, which is not mounted here' : `${NO_NAMESPACE} to mount its message queues`),
  'host-network': ({ isPodman, isRemapped, isRootless }) => isRemapped ? REMAPPED : isRootless && !isPodman && `${NO_NAMESPACE} to enter it, which dockerd does`,
  'userns-host': ({ isRemapped, isPodman }) => !isRemapped && !isPodman && 'without remapped users every container is in the engine\'s user namespace',
  'devices': ({ isPodman, isRemapped, isRootless }) => isPodman
    ? 'the docker command reads --device by the system of the engine, which Podman does not tell it'
    : (isRemapped || isRootless) && 'a user namespace below may not make devices, and mounts over them only what is there',
  'domain-name': ({ isPodman, isRemapped, isRootless }) => (isRemapped || isRootless) && !isPodman && 'the kernel lets only its first user namespace write /proc/sys/kernel/domainname',
  'ulimit': ({ isAlmighty, isPodman, isRootless }) => isPodman && !isRootless && !isAlmighty && 'where one is named Podman raises the others, which needs CAP_SYS_RESOURCE',
  'restart': ({ isPodman }) => isPodman && 'Podman starts it again without a pause: no two looks see the same processes',
  'init': ({ hasInit }) => !hasInit && 'Podman finds no catatonit',
}

/** What an engine cannot make, by what it says of itself and what its machine has, each with the reason. */
export async function inabilitiesOf(machine: Machine): Promise<ReadonlyMap<Need, string>> {
  const kind = await kindOf(machine)
  return new Map(NEEDS.flatMap((need): [Need, string][] => {
    const because = REASONS[need](kind)
    return because === false ? [] : [[need, because]]
  }))
}

/** What it can make. */
export const abilitiesBeside = (inabilities: ReadonlyMap<Need, string>): ReadonlySet<Need> => new Set(NEEDS.filter(need => !inabilities.has(need)))

async function kindOf(machine: Machine): Promise<EngineKind> {
  const { Components } = Version.parse(JSON.parse(await machine.docker('version', '--format', '{{json .Server}}')))
  const [security = '', folder = ''] = (await machine.docker('info', '--format', '{{json .SecurityOptions}}\n{{.DockerRootDir}}')).split('\n')
  const isPodman = Components?.some(({ Name }) => Name.includes('Podman')) ?? false
  const isThere = (...command: [string, ...string[]]): Promise<boolean> => machine.run(...command).then(() => true, () => false)
  return {
    isPodman,
    // Where Podman says it the docker command does not look: whose the folder is tells.
    isRootless: security.includes('name=rootless') || (isPodman && (await machine.run('stat', '--format', '%u', folder)).trim() !== '0'),
    isRemapped: security.includes('name=userns'),
    isAlmighty: await isThere('sh', '-c', ALL_CAPABILITIES),
    hasMessageQueues: await isThere('mountpoint', '--quiet', '/dev/mqueue'),
    hasInit: !isPodman || await isThere('test', '-x', '/usr/libexec/podman/catatonit'),
  }
}
