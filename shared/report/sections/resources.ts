import type { Limit } from '../../model/cgroup'
import type { Snapshot } from '../../model/snapshot'
import { formatBytes } from '../../text/format-bytes'
import { formatCount } from '../../text/format-count'
import { formatDuration } from '../../text/format-duration'
import { processorsText } from '../../text/format-processors'
import { type Block, type Section, joinedOrUnknown, orUnknown, UNKNOWN } from '../document'
import type { Notes } from '../notes'
import { sourcesOf } from '../sources'

/** What the control group allows, what was asked for, and what is used of it. */
export function resourceSection(snapshot: Snapshot, notes: Notes): Section {
  const { cgroup, container: { limits }, host, evidence } = snapshot
  const { cpu, memory, pids } = cgroup
  const bytes = (value: number | null): string => (value === null ? UNKNOWN : formatBytes(value))
  const seconds = (value: number | null): string => (value === null ? UNKNOWN : formatDuration(value))
  const declared = (value: number | null, format: (value: number) => string): string => (value === null ? 'not set' : format(value))
  // Where the control group could not be read, what stands in its place is what was declared.
  const inForce = (limit: Limit, format: (value: number) => string): string => (evidence.cgroup.source === 'none' ? UNKNOWN : limitText(limit, format))
  return {
    title: 'Resources',
    blocks: [
      {
        kind: 'table',
        caption: 'Control group',
        columns: [{ head: 'Fact', width: 24 }, { head: 'Value', face: 'code' }],
        rows: [['Version', orUnknown(cgroup.version)], ['Group', orUnknown(cgroup.path)], ['The host has', `${host.cpuCount === null ? 'an unknown number of processors' : processorsText(host.cpuCount)}, ${bytes(host.memoryBytes)} of memory`]],
      },
      ...memoryBars(snapshot),
      {
        kind: 'table',
        caption: 'Limits and usage',
        columns: [{ head: 'Resource', width: 16 }, { head: 'Limit in force', width: 16 }, { head: 'Limit declared', width: 16 }, { head: 'Used now', width: 14 }, { head: 'More' }],
        rows: [
          ['Memory', inForce(memory.limitBytes, formatBytes), declared(limits.memoryBytes, formatBytes), bytes(memory.usageBytes), joinedOrUnknown([[memory.peakBytes, `highest ${bytes(memory.peakBytes)}`], [memory.reclaimableBytes, `${bytes(memory.reclaimableBytes)} could be freed at once`]])],
          ['Processor time', inForce(cpu.limitCpus, processorsText), declared(limits.cpus, processorsText), seconds(cpu.usageSeconds), joinedOrUnknown([[cpu.throttledSeconds, `held back for ${seconds(cpu.throttledSeconds)}`], [cpu.weight, `weight ${orUnknown(cpu.weight)}`]])],
          ['Tasks', inForce(pids.limit, formatCount), declared(limits.pids, formatCount), pids.current === null ? UNKNOWN : formatCount(pids.current), 'threads count as well'],
        ],
      },
      sourcesOf(snapshot, notes, ['cgroup', 'host']),
    ],
  }
}

const limitText = (limit: Limit, format: (value: number) => string): string =>
  (limit === null ? UNKNOWN : limit === 'unlimited' ? 'no limit' : format(limit))

/** Memory and tasks against their limit; memory without one against the host's, which is then what ends it. */
function memoryBars({ cgroup: { memory, pids }, host }: Snapshot): Block[] {
  const ceiling = typeof memory.limitBytes === 'number' ? memory.limitBytes : memory.limitBytes === 'unlimited' ? host.memoryBytes : null
  const bars: Block[] = []
  if (ceiling !== null && ceiling > 0 && memory.usageBytes !== null) {
    bars.push({
      kind: 'bars',
      caption: typeof memory.limitBytes === 'number' ? `Memory used of the limit of ${formatBytes(ceiling)}` : `Memory used of the host’s ${formatBytes(ceiling)} (no limit is set)`,
      bars: [{ label: 'Memory', side: 'inside', value: memory.usageBytes, text: formatBytes(memory.usageBytes) }],
      scale: ceiling,
    })
  }
  if (typeof pids.limit === 'number' && pids.limit > 0 && pids.current !== null) {
    bars.push({
      kind: 'bars',
      caption: `Tasks of the limit of ${formatCount(pids.limit)}`,
      bars: [{ label: 'Tasks', side: 'inside', value: pids.current, text: formatCount(pids.current) }],
      scale: pids.limit,
    })
  }
  return bars
}
