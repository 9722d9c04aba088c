import type { Limit } from '../../shared/model/cgroup'
import type { Port } from '../../shared/model/container'
import type { NetworkView } from '../../shared/model/network'
import type { Snapshot } from '../../shared/model/snapshot'
import { formatBytes } from '../../shared/text/format-bytes'
import { formatCount } from '../../shared/text/format-count'
import { formatProcessors } from '../../shared/text/format-processors'
import { knownProcesses, knownWords } from '../../shared/text/known-processes'
import { visibleText } from '../../shared/text/visible-text'
import { shorten, shortenList } from './fit'
import { formatAddress } from './ports'

export interface SideRow {
  label: string
  inside: string
  host: string
}

/** What each side has of the same thing, each cell at most `width` wide. `unknown` where a fact could not be read: it is never a zero. */
export function sideRows(snapshot: Snapshot, width: number): SideRow[] {
  const { hostname, users, workingDirectory, files, network, cgroup, host } = snapshot
  const text = (fact: string | null): string => shorten(visibleText(fact ?? UNKNOWN), width)
  const list = (facts: readonly string[] | null): string =>
    facts === null ? UNKNOWN : shortenList(facts.map(visibleText), width) || 'none'
  const processes = (side: 'inside' | 'host'): string => knownWords(knownProcesses(snapshot, side), formatCount) ?? UNKNOWN
  return [
    { label: 'processes', inside: processes('inside'), host: processes('host') },
    { label: 'hostname', inside: text(hostname.inside), host: text(hostname.host) },
    { label: 'runs as', inside: text(person(users.main.user, users.main.uid)), host: text(person(users.main.hostUser, users.main.hostUid)) },
    { label: 'users', inside: count(users.inside?.length), host: count(users.host?.length) },
    { label: 'working directory', inside: text(workingDirectory.inside), host: text(workingDirectory.onHost) },
    { label: 'names in /', inside: count(files.rootInside?.length), host: count(files.rootHost?.length) },
    { label: 'interfaces', inside: list(interfaces(network.inside)), host: list(interfaces(network.host)) },
    { label: 'addresses', inside: list(addresses(network.inside)), host: list(addresses(network.host)) },
    { label: 'published ports', inside: list([...new Set(network.published.map(insidePort))]), host: list(network.published.map(hostPort)) },
    { label: 'memory limit', inside: limit(cgroup.memory.limitBytes, formatBytes), host: known(host.memoryBytes, formatBytes) },
    { label: 'processor limit', inside: limit(cgroup.cpu.limitCpus, formatProcessors), host: known(host.cpuCount, String) },
    { label: 'process limit', inside: limit(cgroup.pids.limit, formatCount), host: '' },
  ]
}

const UNKNOWN = 'unknown'

const known = (fact: number | null | undefined, format: (fact: number) => string): string => fact == null ? UNKNOWN : format(fact)

const count = (fact: number | null | undefined): string => known(fact, formatCount)

const limit = (fact: Limit, format: (value: number) => string): string =>
  fact === 'unlimited' ? fact : known(fact, format)

const person = (name: string | null, id: number | null): string =>
  name === null ? known(id, String) : `${name} (${known(id, String)})`

const interfaces = (view: NetworkView | null): string[] | null => view && view.interfaces.map(({ name }) => name)

const addresses = (view: NetworkView | null): string[] | null =>
  view && [...view.interfaces.flatMap(face => face.addresses), ...view.otherAddresses]

const insidePort = ({ containerPort, protocol }: Port): string => `${containerPort}/${protocol}`

const hostPort = ({ hostAddress, hostPort: port }: Port): string => `${formatAddress(hostAddress)}:${port ?? ''}`
