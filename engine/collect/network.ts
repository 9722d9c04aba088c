import type { Evidence } from '../../shared/model/evidence'
import type { Network, NetworkView } from '../../shared/model/network'
import type { Problem } from '../../shared/model/problem'
import { isInHostNetwork, networkIdentity } from '../sources/network-identity'
import type { OpenFolder } from '../sources/open-folder'
import { ownIpv4Addresses } from '../sources/own-addresses'
import { type ProcSource, Unreadable } from '../sources/proc-source'
import { readSysfsInterfaces, type SysfsInterface } from '../sources/sysfs-net'
import { readHostNamespaces } from './host-namespaces'
import { openHostRoot } from './host-root'
import { type Beside, findHostEnds, isSysfsOf, readNetworkView } from './network-view'
import type { HostScan } from './scan-host'
import type { ScannedProcess } from './scanned-process'
import { type Collected, known, type Scene, unknown } from './scene'

interface Side { view: NetworkView | null, evidence: Evidence, problems: Problem[] }

/** The container's network and the host's, and what of it was published. */
export async function collectNetwork(scene: Scene): Promise<Collected<Network>> {
  const { container, raw } = scene
  const { init, kernel } = scene
  // In this order: the other end of what is seen inside is there as long as that is, and what has gone since is no more in /proc/<pid>/net/dev.
  const insideSysfs = init.proc === null ? noSysfs(init.because) : await provedSysfs(init.proc, init.hostPid, rootOf(init.proc, init.hostPid))
  const hostSysfs = kernel.proc === null ? noSysfs(kernel.because) : await provedSysfs(kernel.proc, 1, hostsRoot(kernel.proc))
  const inside = await collectInside(scene, insideSysfs, hostSysfs)
  const host = await collectHost(scene, hostSysfs)
  return {
    facts: {
      mode: container.modes.network,
      inside: inside.view,
      host: host.view,
      published: container.ports.filter(({ hostPort }) => hostPort !== null),
      attached: [...raw.NetworkSettings?.Networks ?? []].map(([name, network]) => ({
        name,
        address: network.IPAddress === '' ? null : network.IPAddress,
        gateway: network.Gateway === '' ? null : network.Gateway,
      })),
    },
    evidence: {
      'network.inside': inside.evidence,
      'network.host': host.evidence,
      'network.published': known('engine-api', 'GET /containers/{id}/json, NetworkSettings.Ports', `docker port ${container.name}`),
    },
    problems: [...inside.problems, ...host.problems],
  }
}

async function collectInside(scene: Scene, sysfs: Sysfs, hostSysfs: Sysfs): Promise<Side> {
  const { init, scan, raw, container, signal } = scene
  if (init.proc === null)
    return { view: null, evidence: unknown(init.because, `docker inspect --format '{{json .NetworkSettings.Networks}}' ${container.name}`), problems: [] }
  const { proc, hostPid } = init
  const beside: Beside = {
    sysfs: sysfs.interfaces,
    saidAddresses: declaredAddresses(raw, sysfs.interfaces),
    hostEndOf: hostEnds(sysfs, hostSysfs, await whyElsewhere(scene, proc)),
    processes: [...processesIn(scan, scan?.byPid.get(hostPid)?.namespaces.net), ...hostProcesses(scan)],
  }
  return readSide(proc, hostPid, beside, sysfs, signal, `sudo nsenter --target ${hostPid} --net ip addr`)
}

async function collectHost({ kernel, scan, signal }: Scene, sysfs: Sysfs): Promise<Side> {
  const command = 'ip addr'
  if (kernel.proc === null)
    return { view: null, evidence: unknown(kernel.because, command), problems: [] }
  const isOurs = await isInHostNetwork(kernel.proc)
  const beside: Beside = {
    sysfs: sysfs.interfaces,
    saidAddresses: isOurs ? ownIpv4Addresses() : new Map(),
    hostEndOf: hostEnds(sysfs, sysfs, null),
    processes: processesIn(scan, (await readHostNamespaces(kernel.proc)).inodes.net),
  }
  return readSide(kernel.proc, 1, beside, sysfs, signal, command)
}

/** Both sides have to be known: without the host's interfaces it is not known either that none of them is the other end. */
function hostEnds(own: Sysfs, host: Sysfs, elsewhereBecause: string | null): Beside['hostEndOf'] {
  const unknownBecause = own.unknownBecause ?? host.unknownBecause
  if (unknownBecause !== null)
    return () => ({ unknownBecause })
  const ends = findHostEnds(own.interfaces, host.interfaces, elsewhereBecause)
  return name => ends.get(name) ?? { unknownBecause: 'it came while the interfaces were being read' }
}

/**
 * Why the other ends of the container's interfaces may lie elsewhere than among the host's; null: the engine makes them there. What keeps a
 * container (shim or conmon) is in the network namespace of its engine, but for a rootless Podman's, which makes its bridges in another one.
 */
async function whyElsewhere({ engine, container, scan }: Scene, proc: ProcSource): Promise<string | null> {
  const keeper = scan?.byPid.get(container.hostPid ?? -1)?.ppid
  const keepers = keeper === undefined ? null : await networkIdentity(proc, keeper)
  if (engine.isRootless || keepers === null || keepers !== await networkIdentity(proc, 1))
    return 'the engine may have made the other end in a network namespace of its own'
  return null
}

async function readSide(proc: ProcSource, pid: number, beside: Beside, sysfs: Sysfs, signal: AbortSignal, command: string): Promise<Side> {
  const path = `${proc.root}/${pid}/net`
  try {
    const view = await readNetworkView(proc, pid, beside, signal)
    return view === null
      ? { view, evidence: unknown(`process ${pid} ended while it was being looked at`, command), problems: [] }
      : { view, evidence: known('proc', `${path}/{dev,route,fib_trie,if_inet6,tcp,tcp6,udp,udp6}${sysfs.unknownBecause === null ? ` and ${sysfs.path}` : ''}`, command), problems: [] }
  }
  catch (error) {
    if (!(error instanceof Unreadable))
      throw error
    return {
      view: null,
      evidence: unknown(error.message, command),
      problems: [{ code: 'NETWORK_UNREADABLE', what: `The network of process ${pid} could not be read: ${error.message}.`, fix: `Run Isoscope as root, or see it yourself: ${command}` }],
    }
  }
}

/** What a sysfs that is proved to be a network namespace's own says of it. */
type Sysfs =
  | { readonly interfaces: readonly SysfsInterface[], readonly path: string, readonly unknownBecause: null }
  | { readonly interfaces: readonly [], readonly unknownBecause: string }

const noSysfs = (unknownBecause: string): Sysfs => ({ interfaces: [], unknownBecause })

interface FoundRoot { readonly folder: OpenFolder, readonly path: string }
type OpenRoot = () => Promise<FoundRoot | null>

const rootOf = (proc: ProcSource, pid: number): OpenRoot => async () => ({ folder: await proc.openFolder(`${pid}/root`), path: `${proc.root}/${pid}/root` })

const hostsRoot = (proc: ProcSource): OpenRoot => async () => {
  const host = await openHostRoot(proc)
  return host && { folder: host.root.folder, path: host.path }
}

/** Containers that start and stop meanwhile add interfaces to the host and take them away: then it is read again. */
const MOST_READS = 10

/** The sysfs below that root, when it is proved to show the network namespace of `pid`. */
async function provedSysfs(proc: ProcSource, pid: number, open: OpenRoot): Promise<Sysfs> {
  for (let reads = 0; reads < MOST_READS; reads += 1) {
    const found = await sysfsAt(open)
    if (found.unknownBecause !== null || await isSysfsOf(found.interfaces, proc, pid))
      return found
  }
  return noSysfs(`the sysfs of process ${pid} shows other interfaces than it has, or they came and went each time they were read`)
}

/** Closes the root. */
async function sysfsAt(open: OpenRoot): Promise<Sysfs> {
  try {
    const root = await open()
    if (root === null)
      return noSysfs('the root directory of the host may not be looked into')
    try {
      const interfaces = await readSysfsInterfaces(root.folder)
      return interfaces === null ? noSysfs(`${root.path}/sys is no sysfs`) : { interfaces, path: `${root.path}/sys/class/net`, unknownBecause: null }
    }
    finally {
      root.folder.close()
    }
  }
  catch (error) {
    if (error instanceof Unreadable)
      return noSysfs(error.message)
    throw error
  }
}

/** What the engine gave to each of its networks' interfaces, found again by the hardware address. */
function declaredAddresses(raw: Scene['raw'], sysfs: readonly SysfsInterface[]): Map<string, string[]> {
  return new Map(sysfs.flatMap(({ name, macAddress }) => {
    const networks = [...raw.NetworkSettings?.Networks.values() ?? []]
      .filter(network => network.MacAddress !== '' && network.MacAddress === macAddress && network.IPAddress !== '')
    return networks.length === 0 ? [] : [[name, networks.map(network => `${network.IPAddress}/${network.IPPrefixLen ?? 32}`)] as const]
  }))
}

/** The engine itself may listen in a container's namespace: dockerd answers there for the names of its networks (127.0.0.11). */
const hostProcesses = (scan: HostScan | null): ScannedProcess[] =>
  scan === null ? [] : scan.processes.filter(({ containerId }) => containerId === null)

const processesIn = (scan: HostScan | null, namespace: number | undefined): ScannedProcess[] =>
  scan === null || namespace === undefined ? [] : scan.processes.filter(({ namespaces }) => namespaces.net === namespace)
