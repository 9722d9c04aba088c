import { clipText } from '../../text/clip-text'
import { formatCount } from '../../text/format-count'
import type { Block, Column, Section, TableBlock } from '../document'
import { escapeMarkdown } from './escape'

const CELL_LIMIT = 400

export const sectionLines = ({ title, blocks }: Section): string[] => ['', `## ${escapeMarkdown(title)}`, ...blocks.flatMap(blockLines)]

function blockLines(block: Block): string[] {
  switch (block.kind) {
    case 'text': return ['', escapeMarkdown(block.text)]
    case 'table': return tableLines(block)
    case 'bars': return tableLines({
      kind: 'table',
      caption: block.caption,
      columns: [{ head: 'Name' }, { head: 'Value' }],
      rows: block.bars.map(({ label, text }) => [label, text]),
    })
    case 'sources': return tableLines({
      kind: 'table',
      caption: 'How this was read',
      columns: [{ head: 'Fact' }, { head: 'Read from' }, { head: 'This shows the same' }],
      rows: block.sources.map(({ what, readFrom, command }) => [what, readFrom, command]),
    })
    case 'finding': return findingLines(block)
  }
}

/** A table of GitHub Flavored Markdown below its caption. */
export function tableLines({ caption, columns, rows, omitted = 0, noun = 'rows' }: TableBlock): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const rule = ({ face }: Column): string => (face === 'number' ? '---:' : '---')
  return [
    '',
    `**${escapeMarkdown(caption)}**`,
    '',
    line(columns.map(({ head }) => escapeMarkdown(head))),
    line(columns.map(rule)),
    ...rows.map(row => line(columns.map((_, index) => escapeMarkdown(clipText(row[index] ?? '', CELL_LIMIT))))),
    ...omitted > 0 ? ['', `and ${formatCount(omitted)} more ${noun}`] : [],
  ]
}

const LINES = 12

/** Reason and remedy are our own text and keep their backquotes; the evidence is data. */
function findingLines({ finding: { rule, outcome, severity } }: Extract<Block, { kind: 'finding' }>): string[] {
  const { evidence } = outcome
  return [
    '',
    `### ${rule.title} (${severity})`,
    '',
    rule.reason,
    '',
    ...evidence.slice(0, LINES).map(text => `- ${escapeMarkdown(clipText(text, CELL_LIMIT))}`),
    ...evidence.length > LINES ? [`- and ${formatCount(evidence.length - LINES)} more`] : [],
    '',
    `**What to do.** ${rule.remedy} *${rule.reference}*`,
  ]
}
