import type { Evidence } from '../../model/evidence'
import type { HostProcess, ProcessRow } from '../../model/process'
import type { ProcessState } from '../../model/process-state'
import type { Snapshot } from '../../model/snapshot'
import { clipText } from '../../text/clip-text'
import { formatBytes } from '../../text/format-bytes'
import { formatCount } from '../../text/format-count'
import { formatCpuTime } from '../../text/format-cpu-time'
import { hostWords } from '../../text/host-words'
import { type KnownCount, knownCount, knownProcesses, knownWords } from '../../text/known-processes'
import { type Bar, type Block, type Section, orUnknown, UNKNOWN } from '../document'
import type { Notes } from '../notes'
import { sourcesOf } from '../sources'

const OWN_LIMIT = 200
const HOST_LIMIT = 20
const ARGUMENT_LIMIT = 120
const NAME_LIMIT = 32

// An empty table would say that there are none.
const UNREAD_INSIDE: Block = { kind: 'text', text: 'The container’s processes could not be read.' }
const UNREAD_HOST: Block = { kind: 'text', text: 'The host’s processes could not be read.' }

/** Both counts to one scale, the container's processes with both identities, and the host's largest. */
export function processSection(snapshot: Snapshot, notes: Notes): Section {
  const { processes, hostProcesses, host, thisComputer, evidence } = snapshot
  const [inside, onHost] = [knownProcesses(snapshot, 'inside'), knownProcesses(snapshot, 'host')]
  const onOwn = thisComputer && knownCount(thisComputer.processCount, thisComputer.processes ?? [])
  const largest = [...hostProcesses].sort((a, b) => (b.rssBytes ?? -1) - (a.rssBytes ?? -1)).slice(0, HOST_LIMIT)
  const bar = (label: string, side: Bar['side'], known: KnownCount | null): Bar =>
    ({ label, side, value: known?.count ?? null, text: knownWords(known, formatCount) ?? UNKNOWN })
  return {
    title: 'Processes',
    blocks: [
      {
        kind: 'bars',
        caption: 'Number of processes, to one scale',
        bars: [bar('Inside', 'inside', inside), bar(hostWords(host).heading, 'outside', onHost), ...thisComputer ? [bar('This computer', 'computer', onOwn)] : []],
        scale: Math.max(inside?.count ?? 0, onHost?.count ?? 0, onOwn?.count ?? 0),
      },
      processes.length === 0 && evidence.processes.unknownBecause !== null ? UNREAD_INSIDE : {
        kind: 'table',
        caption: 'What the container can see, with the same process as the host sees it',
        columns: [
          { head: 'PID inside', face: 'number', side: 'inside', width: 7 }, { head: 'PID on host', face: 'number', side: 'outside', width: 9 },
          { head: 'User inside', side: 'inside', width: 11 }, { head: 'User on host', side: 'outside', width: 11 }, { head: 'State', width: 9 },
          { head: 'Memory', face: 'number', width: 10 }, { head: 'CPU', face: 'number', width: 9 }, { head: 'Whose', width: 12 }, { head: 'Command', face: 'code' },
        ],
        rows: processes.slice(0, OWN_LIMIT).map(row => [
          orUnknown(row.pid), orUnknown(row.hostPid), userText(row.user, row.uid), userText(row.hostUser, row.hostUid),
          STATES[row.state], bytesText(row.rssBytes), secondsText(row.cpuSeconds, evidence.processes.step === 'engine-api'), whose(row), commandText(row),
        ]),
        omitted: Math.max(0, processes.length - OWN_LIMIT),
        noun: 'processes',
      },
      ...processes.length === 0 ? [] : gap('The container may see more processes', evidence.processes, notes),
      hostProcesses.length === 0 ? UNREAD_HOST : {
        kind: 'table',
        caption: `The processes with the most memory on the host, ${hostWords(host).noun}`,
        columns: [
          { head: 'PID on host', face: 'number', side: 'outside', width: 9 }, { head: 'User on host', side: 'outside', width: 12 }, { head: 'State', width: 9 },
          { head: 'Memory', face: 'number', width: 11 }, { head: 'CPU', face: 'number', width: 10 }, { head: 'Container', side: 'inside', width: 16 }, { head: 'Command', face: 'code' },
        ],
        rows: largest.map(row => [
          String(row.pid), userText(row.user, row.uid), STATES[row.state], bytesText(row.rssBytes), secondsText(row.cpuSeconds, false), row.containerName === null ? '–' : clipText(row.containerName, NAME_LIMIT), commandText(row),
        ]),
        omitted: Math.max(0, hostProcesses.length - HOST_LIMIT),
        noun: 'processes',
      },
      ...hostProcesses.length === 0 ? [] : gap('The host may have more processes', evidence.hostProcesses, notes),
      sourcesOf(snapshot, notes, ['processes', 'processCounts.inside', 'hostProcesses', 'processCounts.host']),
    ],
  }
}

const gap = (what: string, { unknownBecause }: Evidence, notes: Notes): Block[] => unknownBecause === null ? [] : [{ kind: 'text', text: `${what} than these: ${notes.refer(unknownBecause)}.` }]

/** proc_pid_stat(5), field 3, in words. */
const STATES: Readonly<Record<ProcessState, string>> = {
  'R': 'running', 'S': 'sleeping', 'D': 'waiting', 'Z': 'zombie', 'T': 'stopped', 't': 'traced', 'X': 'dead', 'I': 'idle', 'P': 'parked', '?': UNKNOWN,
}
const userText = (user: string | null, uid: number | null): string => (user === null ? uid === null ? UNKNOWN : `uid ${uid}` : clipText(user, NAME_LIMIT))
const bytesText = (bytes: number | null): string => (bytes === null ? UNKNOWN : formatBytes(bytes))
const secondsText = (seconds: number | null, isReported: boolean): string => (seconds === null ? UNKNOWN : formatCpuTime(seconds, isReported))
const commandText = ({ args, command }: HostProcess | ProcessRow): string =>
  clipText(args.length > 0 ? args.join(' ') : `[${command}]`, ARGUMENT_LIMIT)

const OWNERS: Readonly<Record<ProcessRow['owner'], string>> = {
  'this-container': 'this container', 'other-container': 'another container', 'host': 'the host', 'unknown': UNKNOWN,
}
const whose = ({ owner, ownerName }: ProcessRow): string => (ownerName === null ? OWNERS[owner] : clipText(ownerName, NAME_LIMIT))
