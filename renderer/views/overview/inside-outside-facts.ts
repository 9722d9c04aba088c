import type { Limit } from '../../../shared/model/cgroup'
import type { Evidence } from '../../../shared/model/evidence'
import type { Snapshot } from '../../../shared/model/snapshot'
import type { ThisComputerFact } from '../../../shared/model/this-computer'
import { countOf } from '../../../shared/text/count-of'
import { formatBytes } from '../../../shared/text/format-bytes'
import { formatCount } from '../../../shared/text/format-count'
import { knownProcesses, knownWords } from '../../../shared/text/known-processes'
import { ownCounts } from '../../../shared/text/own-counts'

/** One thing that is different inside and outside. A null value is unknown; its evidence says why. */
export interface InsideOutsideFact {
  label: string
  inside: string | null
  host: string | null
  insideEvidence: Evidence
  hostEvidence: Evidence
  /** The same of this computer, where it is not the host; absent: it is not asked for. */
  own?: { value: string | null, evidence: Evidence }
  /** The comparison that is the message: drawn large. */
  isFigure?: true
}

/** The numbers and names that differ on the two sides of the boundary, in the order of the story. */
export function insideOutsideFacts(snapshot: Snapshot): InsideOutsideFact[] {
  const { evidence, files, users, network, hostname, workingDirectory, cgroup, host, thisComputer } = snapshot
  const count = (list: readonly unknown[] | null | undefined): string | null => list ? formatCount(list.length) : null
  const processes = (side: 'inside' | 'host'): string | null => knownWords(knownProcesses(snapshot, side), formatCount)
  const counts = ownCounts(snapshot)
  const own = (name: ThisComputerFact): Pick<InsideOutsideFact, 'own'> =>
    counts && thisComputer ? { own: { value: counts[name], evidence: thisComputer.evidence[name] } } : {}
  // Where the control group could not be read, what stands in its place is what was declared.
  const limit = (label: string): string => (evidence.cgroup.source === 'none' ? `${label}, as declared` : label)
  return [
    { ...fact('Processes', processes('inside'), processes('host'), evidence['processCounts.inside'], evidence['processCounts.host']), ...own('processes'), isFigure: true },
    { ...fact('Hostname', hostname.inside, hostname.host, evidence['hostname.inside'], evidence['hostname.host']), ...own('hostname') },
    fact('Working directory', workingDirectory.inside, workingDirectory.onHost, evidence['workingDirectory.inside'], evidence['workingDirectory.onHost']),
    { ...fact('Names in /', count(files.rootInside), count(files.rootHost), evidence['files.rootInside'], evidence['files.rootHost']), ...own('rootNames') },
    { ...fact('Users', count(users.inside), count(users.host), evidence['users.inside'], evidence['users.host']), ...own('users') },
    { ...fact('Network interfaces', count(network.inside?.interfaces), count(network.host?.interfaces), evidence['network.inside'], evidence['network.host']), ...own('interfaces') },
    fact(limit('Memory'), limitWords(cgroup.memory.limitBytes, formatBytes), host.memoryBytes === null ? null : formatBytes(host.memoryBytes), evidence.cgroup, evidence.host),
    fact(limit('Processors'), limitWords(cgroup.cpu.limitCpus, String), host.cpuCount === null ? null : countOf(host.cpuCount, 'processor'), evidence.cgroup, evidence.host),
  ]
}

const fact = (label: string, inside: string | null, host: string | null, insideEvidence: Evidence, hostEvidence: Evidence): InsideOutsideFact =>
  ({ label, inside, host, insideEvidence, hostEvidence })

function limitWords(limit: Limit, format: (value: number) => string): string | null {
  if (limit === null)
    return null
  return limit === 'unlimited' ? 'no limit' : `at most ${format(limit)}`
}
