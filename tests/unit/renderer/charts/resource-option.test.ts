import { expect, it } from 'vitest'
import { LineChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import type { ChartTheme } from '../../../../renderer/charts/chart-theme'
import { type ResourceLine, resourceOption } from '../../../../renderer/charts/resource-option'
import { formatBytes } from '../../../../shared/text/format-bytes'
import { formatCount } from '../../../../shared/text/format-count'
import { processorsText } from '../../../../shared/text/format-processors'

/** What ECharts itself writes above the lines of the scale, and at them, from zero up. */
function scaleWords(unit: ResourceLine['unit'], format: (value: number) => string, highest: number): string[] {
  use([LineChart, GridComponent, TooltipComponent, SVGRenderer])
  const theme: ChartTheme = { inside: '', outside: '', computer: '', ink: '', inkSoft: '', line: '', lineStrong: '', panel: '', act: '', hatch: '', insideFill: '', outsideFill: '', sans: '', textSmall: 12 }
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 360, height: 200 })
  chart.setOption(resourceOption({ points: [[0, 0], [1000, highest]], format, unit }, theme))
  const words = [...chart.renderToSVGString().matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(match => match[1] ?? '')
  chart.dispose()
  return words.filter(text => !/^\d\d:\d\d:\d\d$/.test(text))
}

it.each([
  ['processors', processorsText, 0.00007, ['processors', '0', '0.0005', '0.001']],
  ['processors', processorsText, 0.0013, ['processors', '0', '0.0005', '0.001', '0.0015']],
  ['processors', processorsText, 0.5, ['processors', '0', '0.2', '0.4', '0.6']],
  ['processors', processorsText, 3.7, ['processors', '0', '2', '4']],
  ['bytes', formatBytes, 1_600_000, ['0 B', '1.0 MiB', '2.0 MiB']],
  ['count', formatCount, 1, ['0', '1']],
] as const)('has a scale of %s whose lines have distinct and round words', (unit, format, highest, words) => {
  expect(scaleWords(unit, format, highest)).toEqual(words)
})
