import { expect, it } from 'vitest'
import { reportOutline } from '../../../../../renderer/views/report/report-outline'
import { buildReport } from '../../../../../shared/report/report'
import { nodeappSnapshot } from '../../../shared/nodeapp-snapshot'

it('has a chapter for every section of the document, each with what stands in it', () => {
  const { sections } = buildReport(nodeappSnapshot())
  const outline = reportOutline(sections)
  expect(outline.map(({ title }) => title)).toEqual(sections.map(({ title }) => title))
  expect(outline[0]?.parts).toContain('Verdict and proof for each namespace: 8 rows')
})

it('names tables by their caption and count, charts and sources by what they are, and no prose', () => {
  expect(reportOutline([{ title: 'A', blocks: [
    { kind: 'text', text: 'Prose.' },
    { kind: 'table', caption: 'Mounts', columns: [], rows: [['/']], omitted: 3 },
    { kind: 'bars', caption: 'Sizes', bars: [], scale: 1 },
    { kind: 'sources', sources: [] },
  ] }])).toEqual([{ title: 'A', parts: ['Mounts: 1 row, and how many more there are', 'Sizes: a chart', 'How it was read: 0 sources'] }])
})
