import type { Host, HostPlace } from '../model/host'
import { visibleText } from './visible-text'

/** How the machine that every "host" number is about is called, the same in the page, in a report and in a terminal. */
export interface HostWords {
  /** In a few words, for a heading: `virtual machine`. */
  place: string
  /** The name of a column: `Host · virtual machine`. */
  heading: string
  /** In a sentence: `the engine’s virtual machine`. */
  noun: string
  /** What a person must know before any number is read; null where the host is this very computer and its engine an ordinary one. */
  notice: string | null
}

const PLACES: Readonly<Record<HostPlace, string>> = {
  'this-computer': 'this computer',
  'rootless': 'this computer, rootless',
  'nested': 'this computer, nested',
  'virtual-machine': 'virtual machine',
  'remote': 'remote machine',
  'engine-machine': 'engine’s machine',
}

const NOUNS: Readonly<Record<HostPlace, string>> = {
  'this-computer': 'this computer',
  'rootless': 'this computer, with a rootless engine',
  'nested': 'this computer, with an engine that runs in a container',
  'virtual-machine': 'the engine’s virtual machine',
  'remote': 'the remote machine',
  'engine-machine': 'the engine’s machine',
}

const NOTICES: Readonly<Record<HostPlace, string | null>> = {
  'this-computer': null,
  'rootless': 'The host is this computer, with a rootless engine',
  'nested': 'The host is this computer, with an engine that runs in a container',
  'virtual-machine': 'The host is the engine’s virtual machine, not this computer',
  'remote': 'The host is the remote machine, not this computer',
  'engine-machine': 'The host is the engine’s machine',
}

export function hostWords({ where, engineUser }: Pick<Host, 'where' | 'engineUser'>): HostWords {
  const ofUser = engineUser === null ? '' : ` of user ${visibleText(engineUser)}`
  const notice = NOTICES[where]
  return {
    place: PLACES[where],
    heading: `Host · ${PLACES[where]}`,
    noun: `${NOUNS[where]}${ofUser}`,
    notice: notice === null ? null : `${notice}${ofUser}.`,
  }
}
