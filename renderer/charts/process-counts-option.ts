import type { EChartsOption, LineSeriesOption, XAXisComponentOption, YAXisComponentOption } from 'echarts'
import type { LiveSample } from '../../shared/model/live'
import { formatCount } from '../../shared/text/format-count'
import type { ChartTheme } from './chart-theme'
import { pointsOf, spanOf } from './points'

const endWords = (name: string, value: unknown): string => `${name} ${typeof value === 'number' ? formatCount(value) : 'unknown'}`

/**
 * How many processes there are inside and on the host, as steps, side by side with an axis each: one axis would flatten the
 * smaller to a line at zero. Both axes begin at zero; times are UTC.
 */
export function processCountsOption(samples: readonly LiveSample[], everyMs: number, theme: ChartTheme): EChartsOption {
  const points = { inside: pointsOf(samples, 'inside', everyMs), host: pointsOf(samples, 'host', everyMs) }
  const time = (gridIndex: number): XAXisComponentOption => ({
    ...spanOf(points.host),
    type: 'time',
    gridIndex,
    axisLine: { lineStyle: { color: theme.lineStrong } },
    axisTick: { show: false },
    axisLabel: { color: theme.inkSoft, hideOverlap: true, formatter: '{HH}:{mm}:{ss}' },
    splitNumber: 3,
  })
  const count = (gridIndex: number): YAXisComponentOption => ({
    type: 'value',
    gridIndex,
    min: 0,
    minInterval: 1,
    splitNumber: 2,
    splitLine: { lineStyle: { color: theme.line } },
    axisLabel: { color: theme.inkSoft, formatter: value => formatCount(value) },
  })
  const steps = (index: number, field: 'inside' | 'host', name: string, color: string): LineSeriesOption => ({
    type: 'line',
    name,
    xAxisIndex: index,
    yAxisIndex: index,
    step: 'end',
    showSymbol: samples.length === 1,
    symbolSize: 8,
    lineStyle: { width: 2, color },
    itemStyle: { color },
    endLabel: { show: true, color, fontWeight: 600, formatter: ({ value }) => Array.isArray(value) ? endWords(name, value[1]) : name },
    data: points[field].map(point => [...point]),
  })
  return {
    useUTC: true,
    // Room for a count of five digits at its end, and for the way to the table.
    grid: [
      { left: 40, width: '24%', top: 12, bottom: 22 },
      { left: '60%', right: 124, top: 12, bottom: 22 },
    ],
    xAxis: [time(0), time(1)],
    yAxis: [count(0), count(1)],
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      backgroundColor: theme.panel,
      borderColor: theme.lineStrong,
      textStyle: { color: theme.ink },
    },
    series: [steps(0, 'inside', 'inside', theme.inside), steps(1, 'host', 'host', theme.outside)],
  }
}
