import type { EChartsOption, LineSeriesOption, XAXisComponentOption, YAXisComponentOption } from 'echarts'
import type { LiveSample } from '../../shared/model/live'
import { formatCount } from '../../shared/text/format-count'
import type { ChartTheme } from './chart-theme'
import { gapsBefore } from './gaps'

type Point = [time: number, value: number | null]

/** The least stretch of time that is drawn, so that the first sample stands at "now" and not in the middle of a day. */
const LEAST_SPAN_MS = 60_000

/** Samples of one field as points; a null is a gap, and so is a pause. */
export function toPoints(samples: readonly LiveSample[], field: 'inside' | 'host', everyMs: number): Point[] {
  const isAfterGap = gapsBefore(samples, everyMs)
  const points: Point[] = []
  samples.forEach((sample, index) => {
    const last = points.at(-1)
    if (last && isAfterGap[index])
      points.push([last[0] + everyMs, null])
    points.push([Date.parse(sample.at), sample[field]])
  })
  return points
}

/**
 * How many processes there are inside and on the host, as steps, side by side with an axis each: one axis would flatten the
 * smaller to a line at zero. Both axes begin at zero; times are UTC.
 */
export function processCountsOption(samples: readonly LiveSample[], everyMs: number, theme: ChartTheme): EChartsOption {
  const now = Date.parse(samples.at(-1)?.at ?? '')
  const first = Date.parse(samples[0]?.at ?? '')
  const span = Number.isNaN(now) ? {} : { min: Math.min(first, now - LEAST_SPAN_MS), max: now }
  const time = (gridIndex: number): XAXisComponentOption => ({
    ...span,
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
    endLabel: { show: true, color, fontWeight: 600, formatter: ({ value }) => Array.isArray(value) ? `${name} ${value[1] ?? 'unknown'}` : name },
    data: toPoints(samples, field, everyMs),
  })
  return {
    useUTC: true,
    grid: [
      { left: 40, width: '33%', top: 12, bottom: 22 },
      { left: '57%', right: 96, top: 12, bottom: 22 },
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
