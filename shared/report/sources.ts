import type { Evidence, FactName } from '../model/evidence'
import type { Snapshot } from '../model/snapshot'
import type { Block } from './document'
import { FACT_WORDS } from './fact-words'
import type { Notes } from './notes'

/** What stands below a part of the report: how each of these facts was read, and the command that shows the same. */
export const sourcesOf = ({ evidence }: Snapshot, notes: Notes, facts: readonly FactName[]): Block =>
  sourcesBlock(facts.map(fact => [FACT_WORDS[fact], evidence[fact]]), notes)

export const sourcesBlock = (facts: readonly (readonly [what: string, evidence: Evidence])[], { refer }: Notes): Block => ({
  kind: 'sources',
  sources: facts.map(([what, { unknownBecause, detail, command }]) =>
    ({ what, readFrom: unknownBecause === null ? refer(detail) : `unknown: ${refer(unknownBecause)}`, command })),
})
