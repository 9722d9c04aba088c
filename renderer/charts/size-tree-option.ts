import type { EChartsOption } from 'echarts'
import type { SizeNode } from '../../shared/model/files'
import { formatBytes } from '../../shared/text/format-bytes'
import { visibleText } from '../../shared/text/visible-text'
import { chartText } from './chart-text'
import type { ChartTheme } from './chart-theme'

/** A rectangle: `name` is its place (`2`, `2/0`), never the file's name, which two of them may share. */
interface Area {
  name: string
  value: number
  words: string
  /** Too small a part for words to fit. */
  isBare: boolean
  children?: Area[]
}

/** A part below this share of what is drawn gets no words. */
const LEAST_NAMED = 0.03

/** What a folder holds beyond the parts that are known by name. */
export const unnamedBytes = ({ sizeBytes, children }: SizeNode): number =>
  Math.max(0, sizeBytes - children.reduce((sum, child) => sum + child.sizeBytes, 0))

/** One folder's content in three levels, each rectangle as large as what it holds; the rest of each is drawn as one more. */
export const sizeTreeOption = (folder: SizeNode) => (theme: ChartTheme): EChartsOption => ({
  tooltip: {
    renderMode: 'richText',
    backgroundColor: theme.panel,
    borderColor: theme.line,
    textStyle: { color: theme.ink, fontSize: theme.textSmall },
    formatter: params => (Array.isArray(params) ? '' : wordsOf(params.data)),
  },
  series: [{
    type: 'treemap',
    data: areasOf(folder, '', 3, folder.sizeBytes * LEAST_NAMED),
    left: 0,
    top: 32,
    right: 0,
    bottom: 0,
    roam: false,
    nodeClick: false,
    breadcrumb: { show: false },
    label: { position: 'insideTopLeft', color: theme.ink, fontSize: theme.textSmall, lineHeight: 16, overflow: 'truncate', formatter: ({ data }) => labelOf(data) },
    upperLabel: { show: true, height: 22, color: theme.ink, fontSize: theme.textSmall, overflow: 'truncate', formatter: ({ data }) => labelOf(data).replace('\n', '  ') },
    levels: [
      { itemStyle: { gapWidth: 4, borderWidth: 0, borderColor: theme.panel }, upperLabel: { show: false } },
      { itemStyle: { gapWidth: 2, borderWidth: 0, borderColor: theme.panel, color: theme.insideFill } },
      { itemStyle: { gapWidth: 1, borderWidth: 0, borderColor: theme.panel, color: theme.insideFill } },
      { itemStyle: { borderWidth: 0, color: theme.insideFill } },
    ],
    emphasis: { itemStyle: { color: theme.line }, upperLabel: { show: true, color: theme.ink } },
  }],
})

function areasOf(folder: SizeNode, place: string, levels: number, leastNamed: number): Area[] {
  const named = folder.children
    .map((child, index): Area => ({
      name: `${place}${index}`,
      value: child.sizeBytes,
      words: `${visibleText(child.name)}${child.kind === 'directory' ? '/' : ''}\n${formatBytes(child.sizeBytes)}`,
      isBare: child.sizeBytes < leastNamed,
      ...levels > 1 && child.children.length > 0 ? { children: areasOf(child, `${place}${index}/`, levels - 1, leastNamed) } : {},
    }))
    .filter(({ value }) => value > 0)
  const rest = unnamedBytes(folder)
  return rest > 0 ? [...named, { name: 'rest', value: rest, words: `the rest\n${formatBytes(rest)}`, isBare: rest < leastNamed }] : named
}

/** ECharts types a data item as anything. */
function wordsOf(data: unknown): string {
  return typeof data === 'object' && data !== null && 'words' in data && typeof data.words === 'string' ? data.words.split('\n').map(chartText).join('\n') : ''
}

const labelOf = (data: unknown): string =>
  typeof data === 'object' && data !== null && 'isBare' in data && data.isBare === true ? '' : wordsOf(data)
