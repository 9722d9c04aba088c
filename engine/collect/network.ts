import type { Evidence } from '../../shared/model/evidence'
import type { Network, NetworkView } from '../../shared/model/network'
import type { Problem } from '../../shared/model/problem'
import { isInHostNetwork } from '../sources/network-identity'
import type { OpenFolder } from '../sources/open-folder'
import { ownIpv4Addresses } from '../sources/own-addresses'
import { type ProcSource, Unreadable } from '../sources/proc-source'
import { readSysfsInterfaces, type SysfsInterface } from '../sources/sysfs-net'
import { openHostRoot } from './host-root'
import { type Beside, findPeers, isSysfsOf, readNetworkView } from './network-view'
import { type HostScan, readNamespaces } from './scan-host'
import type { ScannedProcess } from './scanned-process'
import { type Collected, known, type Scene, unknown } from './scene'

interface Side { view: NetworkView | null, evidence: Evidence, problems: Problem[] }

/** The container's network and the host's, and what of it was published. */
export async function collectNetwork(scene: Scene): Promise<Collected<Network>> {
  const { container, raw } = scene
  const hostSysfs = scene.kernel.proc === null ? null : await hostsSysfs(scene.kernel.proc)
  const inside = await collectInside(scene, hostSysfs)
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

async function collectInside({ init, scan, raw, container, signal }: Scene, hostSysfs: ProvedSysfs | null): Promise<Side> {
  if (init.proc === null)
    return { view: null, evidence: unknown(init.because, `docker inspect --format '{{json .NetworkSettings.Networks}}' ${container.name}`), problems: [] }
  const { proc, hostPid } = init
  const sysfs = await provedSysfs(proc, hostPid, `${proc.root}/${hostPid}/root`, () => proc.openFolder(`${hostPid}/root`))
  const beside: Beside = {
    sysfs: sysfs?.interfaces ?? null,
    saidAddresses: declaredAddresses(raw, sysfs?.interfaces ?? []),
    peers: findPeers(sysfs?.interfaces ?? [], hostSysfs?.interfaces ?? []),
    processes: [...processesIn(scan, scan?.byPid.get(hostPid)?.namespaces.net), ...hostProcesses(scan)],
  }
  return readSide(proc, hostPid, beside, sysfs, signal, `sudo nsenter --target ${hostPid} --net ip addr`)
}

async function collectHost({ kernel, scan, signal }: Scene, sysfs: ProvedSysfs | null): Promise<Side> {
  const command = 'ip addr'
  if (kernel.proc === null)
    return { view: null, evidence: unknown(kernel.because, command), problems: [] }
  const isOurs = await isInHostNetwork(kernel.proc)
  const beside: Beside = {
    sysfs: sysfs?.interfaces ?? null,
    saidAddresses: isOurs ? ownIpv4Addresses() : new Map(),
    peers: new Map(),
    processes: processesIn(scan, (await readNamespaces(kernel.proc, isOurs ? 'self' : 1)).net),
  }
  return readSide(kernel.proc, 1, beside, sysfs, signal, command)
}

async function readSide(proc: ProcSource, pid: number, beside: Beside, sysfs: ProvedSysfs | null, signal: AbortSignal, command: string): Promise<Side> {
  const path = `${proc.root}/${pid}/net`
  try {
    const view = await readNetworkView(proc, pid, beside, signal)
    return view === null
      ? { view, evidence: unknown(`process ${pid} ended while it was being looked at`, command), problems: [] }
      : { view, evidence: known('proc', `${path}/{dev,route,fib_trie,if_inet6,tcp,tcp6,udp,udp6}${sysfs === null ? '' : ` and ${sysfs.path}`}`, command), problems: [] }
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

interface ProvedSysfs { interfaces: SysfsInterface[], path: string }

async function hostsSysfs(proc: ProcSource): Promise<ProvedSysfs | null> {
  const host = await openHostRoot(proc)
  return host && provedSysfs(proc, 1, host.path, async () => host.root.folder)
}

/** The sysfs below that root, when it is proved to show the network namespace of `pid`; null also without the right to look. */
async function provedSysfs(proc: ProcSource, pid: number, path: string, open: () => Promise<OpenFolder>): Promise<ProvedSysfs | null> {
  const interfaces = await sysfsAt(open)
  return interfaces !== null && await isSysfsOf(interfaces, proc, pid) ? { interfaces, path: `${path}/sys/class/net` } : null
}

/** Closes the root. */
async function sysfsAt(open: () => Promise<OpenFolder>): Promise<SysfsInterface[] | null> {
  try {
    const root = await open()
    try {
      return await readSysfsInterfaces(root)
    }
    finally {
      root.close()
    }
  }
  catch (error) {
    if (error instanceof Unreadable)
      return null
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
