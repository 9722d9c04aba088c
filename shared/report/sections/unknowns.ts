import type { Snapshot } from '../../model/snapshot'
import type { Block, Section } from '../document'
import type { Notes } from '../notes'

/** What this report cannot say, and why: problems of the collection, and each reason once, with every fact that could not be read for it. */
export function unknownSection({ problems }: Snapshot, { list }: Notes): Section {
  const blocks: Block[] = []
  if (problems.length > 0) {
    blocks.push({
      kind: 'table',
      caption: 'Problems while collecting',
      columns: [{ head: 'Code', face: 'code', width: 24 }, { head: 'What happened' }, { head: 'What to do' }],
      rows: problems.map(({ code, what, fix }) => [code, what, fix]),
    })
  }
  for (const [index, { reason, facts }] of list.entries()) {
    blocks.push({
      kind: 'table',
      caption: `Note ${index + 1}: ${reason}`,
      columns: [{ head: 'Unknown therefore', width: 40 }, { head: 'This would show it', face: 'code' }],
      rows: facts.map(({ what, command }) => [what, command]),
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
