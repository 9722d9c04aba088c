import type { Snapshot } from '../../model/snapshot'
import { countOf } from '../../text/count-of'
import { hostWords } from '../../text/host-words'
import { type KnownCount, knownCount, knownProcesses, knownWords } from '../../text/known-processes'
import { type Column, orUnknown, type TableBlock, UNKNOWN } from '../document'

const count = (items: readonly unknown[] | null | undefined, one: string, many: string): string =>
  (items ? countOf(items.length, one, many) : UNKNOWN)

/** What is asked of a container and its host alone. */
const NOT_ASKED = '–'

/** The same questions asked on both sides of the wall, and of this computer where it is a third place: the article's whole story in one table. */
export function comparison(snapshot: Snapshot): TableBlock {
  const { hostname, workingDirectory, files, network, users, processes, container, host, thisComputer: own } = snapshot
  const first = processes.find(({ hostPid }) => hostPid !== null && hostPid === container.hostPid)
  const user = (name: string | null, uid: number | null): string => (name === null ? uid === null ? UNKNOWN : `uid ${uid}` : `${name} (uid ${orUnknown(uid)})`)
  const processCount = (known: KnownCount | null): string => knownWords(known, number => countOf(number, 'process', 'processes')) ?? UNKNOWN
  const { heading, noun } = hostWords(host)
  const columns: Column[] = [{ head: 'Question', width: own ? 32 : 34 }, { head: 'Inside', side: 'inside', width: own ? 18 : 26 }, { head: heading, side: 'outside' }, { head: 'This computer', side: 'computer', width: 18 }]
  const rows = [
    ['How many processes are there?', processCount(knownProcesses(snapshot, 'inside')), processCount(knownProcesses(snapshot, 'host')), processCount(knownCount(own?.processCount ?? null, own?.processes ?? []))],
    ['Which PID has the first process?', orUnknown(first?.pid ?? null), orUnknown(container.hostPid), NOT_ASKED],
    ['Which user is it?', user(users.main.user, users.main.uid), user(users.main.hostUser, users.main.hostUid), NOT_ASKED],
    ['What is this machine called?', orUnknown(hostname.inside), orUnknown(hostname.host), orUnknown(own?.hostname ?? null)],
    ['Where does it work?', orUnknown(workingDirectory.inside), orUnknown(workingDirectory.onHost), NOT_ASKED],
    ['What is in /?', count(files.rootInside, 'name', 'names'), count(files.rootHost, 'name', 'names'), count(own?.rootNames, 'name', 'names')],
    ['Which networks does it see?', count(network.inside?.interfaces, 'interface', 'interfaces'), count(network.host?.interfaces, 'interface', 'interfaces'), count(own?.interfaces, 'interface', 'interfaces')],
    ['Which users does it know?', count(users.inside, 'user', 'users'), count(users.host, 'user', 'users'), count(own?.users, 'user', 'users')],
  ]
  const places = own ? 4 : 3
  return { kind: 'table', caption: `The same questions, inside and on ${noun}`, columns: columns.slice(0, places), rows: rows.map(row => row.slice(0, places)) }
}
