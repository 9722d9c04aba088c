import type { Snapshot } from '../../model/snapshot'
import { formatCount } from '../../text/format-count'
import { evidenceSays, isKnown, type Topic } from '../question'

/** The engine's `top` lists those of the container's control group, the kernel those in its PID namespace. Where nothing runs both have none. */
const whoseList = ({ container, evidence }: Snapshot): string | null =>
  container.hostPid === null ? null : evidence.processes.source === 'engine-api' ? 'the processes that the engine lists' : 'the processes in the PID namespace'

/** How many there are and what runs; not which PIDs, which no two containers have in common. */
export const processes: Topic = {
  title: 'Processes',
  questions: [
    { fact: 'container.state', what: 'state', ask: ({ container: { state } }) => state === 'unknown' ? null : state, whyNot: evidenceSays('container') },
    {
      fact: 'processCounts.inside',
      what: 'processes inside',
      ask: ({ processCounts }) => processCounts.inside === null ? null : formatCount(processCounts.inside),
      whyNot: evidenceSays('processCounts.inside'),
      kind: whoseList,
    },
    {
      fact: 'processes',
      what: 'command lines inside',
      ask: snapshot => snapshot.processCounts.inside === null || !isKnown(snapshot, 'processes') ? null : snapshot.processes.map(commandLine),
      whyNot: snapshot => isKnown(snapshot, 'processes') ? evidenceSays('processCounts.inside')(snapshot) : evidenceSays('processes')(snapshot),
      kind: whoseList,
    },
    {
      fact: 'users.main.uid',
      what: 'user id of its first process',
      ask: ({ users: { main } }) => main.uid === null ? null : String(main.uid),
      whyNot: evidenceSays('users.idMaps'),
    },
    {
      fact: 'users.main.hostUid',
      what: 'which is on the host',
      ask: ({ users: { main } }) => main.hostUid === null ? null : String(main.hostUid),
      whyNot: evidenceSays('users.idMaps'),
    },
  ],
}

/** As ps(1) writes it: a process without arguments by its name in brackets. */
const commandLine = ({ args, command }: Snapshot['processes'][number]): string => args.length === 0 ? `[${command}]` : args.join(' ')
