import type { Snapshot } from '../../model/snapshot'
import { countOf } from '../../text/count-of'
import { orUnknown, type TableBlock, UNKNOWN } from '../document'

const count = (items: readonly unknown[] | null | undefined, one: string, many: string): string =>
  (items ? countOf(items.length, one, many) : UNKNOWN)

/** The same questions asked on both sides of the wall: the article's whole story in one table. */
export function comparison({ processCounts, hostname, workingDirectory, files, network, users, processes, container, host }: Snapshot): TableBlock {
  const first = processes.find(({ hostPid }) => hostPid !== null && hostPid === container.hostPid)
  const user = (name: string | null, uid: number | null): string => (name === null ? `uid ${orUnknown(uid)}` : `${name} (uid ${orUnknown(uid)})`)
  const processCount = (number: number | null): string => (number === null ? UNKNOWN : countOf(number, 'process', 'processes'))
  return {
    kind: 'table',
    caption: host.where === 'this-computer' ? 'The same questions, inside and on the host' : 'The same questions, inside and on the engine’s machine',
    columns: [{ head: 'Question', width: 34 }, { head: 'Inside', side: 'inside', width: 26 }, { head: 'Host', side: 'outside' }],
    rows: [
      ['How many processes are there?', processCount(processCounts.inside), processCount(processCounts.host)],
      ['Which PID has the first process?', orUnknown(first?.pid ?? null), orUnknown(container.hostPid)],
      ['Which user is it?', user(users.main.user, users.main.uid), user(users.main.hostUser, users.main.hostUid)],
      ['What is this machine called?', orUnknown(hostname.inside), orUnknown(hostname.host)],
      ['Where does it work?', orUnknown(workingDirectory.inside), orUnknown(workingDirectory.onHost)],
      ['What is in /?', count(files.rootInside, 'name', 'names'), count(files.rootHost, 'name', 'names')],
      ['Which networks does it see?', count(network.inside?.interfaces, 'interface', 'interfaces'), count(network.host?.interfaces, 'interface', 'interfaces')],
      ['Which users does it know?', count(users.inside, 'user', 'users'), count(users.host, 'user', 'users')],
    ],
  }
}
