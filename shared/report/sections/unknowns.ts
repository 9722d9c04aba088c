import { type FactName, FactName as FactNames } from '../../model/evidence'
import type { Snapshot } from '../../model/snapshot'
import { ThisComputerFact } from '../../model/this-computer'
import type { Block, Section } from '../document'
import { FACT_WORDS, OWN_FACT_WORDS } from '../sources'

/** What this report cannot say, and why: problems of the collection, and every fact that could not be read. */
export function unknownSection(snapshot: Snapshot): Section {
  const reason = (fact: FactName): string | null => snapshot.evidence[fact].unknownBecause
  const facts = FactNames.options.flatMap(fact => (reason(fact) === null ? [] : [[FACT_WORDS[fact], reason(fact) ?? '', snapshot.evidence[fact].command]]))
  const namespaces = snapshot.namespaces.flatMap(({ type, source, hostSource }) => [
    ...source.unknownBecause === null ? [] : [[`${type} namespace, container`, source.unknownBecause, source.command]],
    ...hostSource.unknownBecause === null ? [] : [[`${type} namespace, host`, hostSource.unknownBecause, hostSource.command]],
  ])
  const own = ThisComputerFact.options.flatMap((fact) => {
    const found = snapshot.thisComputer?.evidence[fact]
    return found?.unknownBecause == null ? [] : [[OWN_FACT_WORDS[fact], found.unknownBecause, found.command]]
  })
  const missing = [...facts, ...namespaces, ...own]
  const blocks: Block[] = []
  if (snapshot.problems.length > 0) {
    blocks.push({
      kind: 'table',
      caption: 'Problems while collecting',
      columns: [{ head: 'Code', face: 'code', width: 24 }, { head: 'What happened' }, { head: 'What to do' }],
      rows: snapshot.problems.map(({ code, what, fix }) => [code, what, fix]),
    })
  }
  if (missing.length > 0) {
    blocks.push({
      kind: 'table',
      caption: 'Facts that are unknown',
      columns: [{ head: 'Fact', width: 26 }, { head: 'Because', width: 34 }, { head: 'This would show it', face: 'code' }],
      rows: missing,
    })
  }
  if (blocks.length === 0)
    blocks.push({ kind: 'text', text: 'Every fact that Isoscope asks for was read, and nothing went wrong on the way.' })
  blocks.push({
    kind: 'text',
    text: 'Never collected: the values of environment variables, the contents of files, and anything that would have to be changed to be seen. Capabilities, seccomp and labels are those of the first process; other processes can differ.',
  })
  return { title: 'What could not be collected, and why', blocks }
}
