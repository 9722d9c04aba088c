import type { Block, Section } from '../../../shared/report/document'
import { countOf } from '../../../shared/text/count-of'

/** A chapter of the document and what stands in it. */
export interface Chapter {
  title: string
  parts: string[]
}

/** What the document will hold, from the very sections that it is made of. */
export const reportOutline = (sections: readonly Section[]): Chapter[] =>
  sections.map(({ title, blocks }) => ({ title, parts: [...findingPart(blocks), ...blocks.flatMap(partOf)] }))

function findingPart(blocks: readonly Block[]): string[] {
  const count = blocks.filter(({ kind }) => kind === 'finding').length
  return count === 0 ? [] : [`${countOf(count, 'finding')} with evidence, reason and remedy`]
}

function partOf(block: Block): string[] {
  switch (block.kind) {
    case 'table': return [`${block.caption}: ${countOf(block.rows.length, 'row')}${block.omitted ? `, and how many more there are` : ''}`]
    case 'bars': return [`${block.caption}: a chart`]
    case 'sources': return [`How it was read: ${countOf(block.sources.length, 'source')}`]
    case 'text':
    case 'finding': return []
  }
}
