import type { Snapshot } from '../model/snapshot'
import { clipText } from '../text/clip-text'
import { WALLS } from '../text/walls'
import { sectionLines, tableLines } from './markdown/blocks'
import { escapeMarkdown } from './markdown/escape'
import { buildReport } from './report'
import { comparison } from './sections/comparison'

const VALUE_LIMIT = 200

/** The report's whole content as GitHub Flavored Markdown, for a ticket or a repository. */
export function toMarkdown(snapshot: Snapshot): string {
  const { verdict, about, howToRead, sections } = buildReport(snapshot)
  const strip = snapshot.namespaces.map(({ type, verdict: wall }) => `${type} ${WALLS[wall].glyph} ${wall}`).join(' · ')
  return `${[
    `# Isolation of ${escapeMarkdown(clipText(snapshot.container.name, VALUE_LIMIT))}`,
    '',
    `**${verdict.headline}.** ${escapeMarkdown(verdict.sentence)} ${verdict.coverage.sentence}.`,
    '',
    strip,
    ...tableLines(comparison(snapshot)),
    '',
    ...about.map(([name, value]) => `- ${name}: ${escapeMarkdown(clipText(value, VALUE_LIMIT))}`),
    '',
    '## How to read this',
    ...howToRead.flatMap(text => ['', text]),
    ...sections.flatMap(sectionLines),
  ].join('\n')}\n`
}
