import type { Endpoint } from '../../shared/model/engine'
import type { Host } from '../../shared/model/host'
import { INITIAL_INODES } from './initial-namespaces'

/** Everything by which it is decided where an engine's kernel is. */
export interface PlaceFacts {
  readonly endpoint: Endpoint
  /** `OperatingSystem` and `KernelVersion` of `GET /info`. */
  readonly operatingSystem: string
  readonly kernelVersion: string
  readonly isRootless: boolean
  /** Whether this computer's own `/proc` was proved to be the engine's. */
  readonly local: { readonly proof: string } | { readonly because: string }
  /** `/proc/sys/kernel/random/boot_id` of both kernels (random(4)), where both could be read. */
  readonly bootIds: { readonly engine: string, readonly own: string } | null
  /** The process that keeps a container of this engine, with the container that it runs in itself, if it does. */
  readonly keeper: {
    readonly pid: number
    readonly command: string
    readonly uid: number | null
    readonly outerContainerId: string | null
    /** Inode; null: it could not be read. */
    readonly userNamespace: number | null
  } | null
  /** Name of the account whose process keeps the containers. */
  readonly keeperUser: string | null
  readonly own: OwnKernel
}

export interface OwnKernel {
  readonly platform: NodeJS.Platform
  /** uname(2): sysname and release. */
  readonly system: string
  readonly release: string
  /** Names and addresses of this computer; null: the kernel did not tell them. */
  readonly names: readonly string[] | null
}

type Place = Pick<Host, 'where' | 'proof' | 'engineUser'>

/** Where the kernel of the containers is, with the proof in a sentence. What is not proved is not claimed. */
export function findPlace(facts: PlaceFacts): Place {
  const { local, bootIds } = facts
  if ('proof' in local)
    return placeHere(facts, local.proof)
  if (bootIds !== null && bootIds.engine === bootIds.own)
    return placeHere(facts, 'The boot id of the engine’s kernel is that of this computer’s own.')
  return { ...placeElsewhere(facts, local.because), engineUser: null }
}

function placeHere({ isRootless, keeper, keeperUser }: PlaceFacts, proof: string): Place {
  const kept = keeper === null ? '' : `${keeper.command} (PID ${keeper.pid}), which keeps its containers,`
  if (keeper?.outerContainerId)
    return { where: 'nested', proof: `${proof} ${kept} is itself in the container ${keeper.outerContainerId.slice(0, 12)}, by its cgroup.`, engineUser: null }
  const ownUsers = keeper === null || keeper.userNamespace === null || keeper.userNamespace === INITIAL_INODES.user ? null : keeper.userNamespace
  if (isRootless || (ownUsers !== null && keeper?.uid !== 0)) {
    const who = keeper === null || keeper.uid === null ? '' : ` ${kept} runs as ${keeperUser === null ? 'the user' : `${keeperUser},`} UID ${keeper.uid}${ownUsers === null ? '' : `, in the user namespace ${ownUsers}, which is not the kernel’s first`}.`
    return { where: 'rootless', proof: `${proof}${isRootless ? ' The engine says that it is rootless.' : ''}${who}`, engineUser: keeperUser ?? keeper?.uid?.toString() ?? null }
  }
  return { where: 'this-computer', proof, engineUser: null }
}

function placeElsewhere(facts: PlaceFacts, because: string): Pick<Place, 'where' | 'proof'> {
  const { endpoint, own } = facts
  const difference = kernelDifference(facts)
  const remote = remoteName(endpoint.address)
  if (remote !== null && own.names !== null && !own.names.includes(remote) && !isLoopback(remote))
    return { where: 'remote', proof: sentences(`The engine is asked at ${endpoint.address}, which is not an address of this computer`, difference) }
  const machine = virtualMachine(facts)
  if (machine !== null)
    return { where: 'virtual-machine', proof: sentences(machine, difference) }
  if (difference !== null)
    return { where: 'engine-machine', proof: sentences(difference, 'So it is not this computer: it is a virtual machine here or another computer, and nothing tells which') }
  return { where: 'engine-machine', proof: sentences(`Not proved to be this computer: ${because}`) }
}

const sentences = (...parts: (string | null)[]): string => parts.filter(part => part !== null).map(part => `${part}.`).join(' ')

/** Two kernels of different versions, or with different boot ids, are two kernels. The same version proves nothing. */
function kernelDifference({ kernelVersion, bootIds, own }: PlaceFacts): string | null {
  if (own.platform !== 'linux' || (kernelVersion !== '' && kernelVersion !== own.release))
    return `Its kernel is ${kernelVersion === '' ? 'Linux' : kernelVersion}, this computer’s is ${own.system === 'Linux' ? '' : `${own.system} `}${own.release}`
  return bootIds === null ? null : 'Its kernel has another boot id than this computer’s'
}

/** The machine that an address names; null for a socket of this computer's file system. */
function remoteName(address: string): string | null {
  try {
    const { protocol, hostname } = new URL(address)
    return ['unix:', 'npipe:', 'fd:'].includes(protocol) || hostname === '' ? null : hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase()
  }
  catch {
    return null
  }
}

/** A forwarded port leads anywhere: the loopback address tells nothing. */
const isLoopback = (name: string): boolean => name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127\.\d+\.\d+\.\d+$/.test(name)

/** What these products call their systems and kernels, in `GET /info`. */
const SYSTEMS: readonly (readonly [pattern: RegExp, product: string])[] = [
  [/^Docker Desktop$/, 'Docker Desktop'],
  [/^OrbStack$/, 'OrbStack'],
  [/^Rancher Desktop/, 'Rancher Desktop'],
]
const KERNELS: readonly (readonly [pattern: RegExp, product: string])[] = [
  [/-linuxkit\b/, 'LinuxKit, which is made for virtual machines'],
  [/-orbstack\b/, 'OrbStack'],
  [/-microsoft-standard-WSL2\b/i, 'the Windows Subsystem for Linux'],
]
/** Where these products put the sockets of their virtual machines, below the home folder or the system's own temporary one. */
const SOCKETS: readonly (readonly [pattern: RegExp, product: string])[] = [
  [/\/\.docker\/(?:desktop\/docker|run\/docker)\.sock$/, 'Docker Desktop'],
  [/\/\.colima\//, 'Colima'],
  [/\/\.orbstack\//, 'OrbStack'],
  [/\/\.rd\//, 'Rancher Desktop'],
  [/\/\.lima\//, 'Lima'],
  [/\/podman\/(?:machine\/|podman-machine-)/, 'podman machine'],
]

/** By which sign the engine runs in a virtual machine of a known product; null when by none. */
function virtualMachine({ endpoint, operatingSystem, kernelVersion }: PlaceFacts): string | null {
  const named = (table: readonly (readonly [RegExp, string])[], text: string): string | undefined => table.find(([pattern]) => pattern.test(text))?.[1]
  const system = named(SYSTEMS, operatingSystem)
  if (system !== undefined)
    return `The engine calls its system ${operatingSystem}, and ${system} runs engines in a virtual machine`
  const kernel = named(KERNELS, kernelVersion)
  if (kernel !== undefined)
    return `The engine’s kernel ${kernelVersion} is that of ${kernel}`
  const socket = named(SOCKETS, endpoint.address)
  return socket === undefined ? null : `The engine is asked at ${endpoint.address}, where ${socket} puts the socket of its virtual machine`
}
