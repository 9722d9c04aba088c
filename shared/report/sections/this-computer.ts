import type { Snapshot } from '../../model/snapshot'
import { ThisComputerFact } from '../../model/this-computer'
import { clipText } from '../../text/clip-text'
import { formatCount } from '../../text/format-count'
import { hostWords } from '../../text/host-words'
import { type Section, orUnknown, UNKNOWN } from '../document'
import { OWN_FACT_WORDS } from '../fact-words'
import type { Notes } from '../notes'
import { sourcesBlock } from '../sources'

const LIMIT = 40
const NAME_LIMIT = 160

/** The third place, where there is one: the computer on which Isoscope ran. Nothing of it is the container's or its host's. */
export function thisComputerSection({ thisComputer, host }: Snapshot, notes: Notes): Section[] {
  if (thisComputer === null)
    return []
  const { interfaces, users, rootNames, evidence } = thisComputer
  const list = (names: readonly string[] | undefined): string => names === undefined
    ? UNKNOWN
    : `${names.slice(0, LIMIT).map(name => clipText(name, NAME_LIMIT)).join('  ') || 'none'}${names.length > LIMIT ? ` and ${formatCount(names.length - LIMIT)} more` : ''}`
  return [{
    title: 'This computer',
    blocks: [
      { kind: 'text', text: `Isoscope ran here, and the containers run on ${hostWords(host).noun}. What follows is neither inside nor on the host: it is there to tell the three apart.` },
      {
        kind: 'table',
        caption: 'What this computer is and has',
        columns: [{ head: 'Fact', width: 24 }, { head: 'This computer', side: 'computer', face: 'code' }],
        rows: [
          ['System', `${thisComputer.operatingSystem}, kernel ${thisComputer.kernelVersion}`],
          ['Host name', orUnknown(thisComputer.hostname)],
          ['Processes', thisComputer.processCount === null ? UNKNOWN : formatCount(thisComputer.processCount)],
          ['Names in /', list(rootNames?.map(({ name, kind }) => kind === 'directory' ? `${name}/` : name))],
          ['Users', list(users?.map(({ name, uid }) => `${name} (${uid})`))],
          ['Interfaces', list(interfaces?.map(({ name, addresses }) => `${name}${addresses.length === 0 ? '' : ` ${addresses.join(', ')}`};`))],
        ],
      },
      sourcesBlock(ThisComputerFact.options.map(fact => [OWN_FACT_WORDS[fact], evidence[fact]]), notes),
    ],
  }]
}
