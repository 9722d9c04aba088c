import type { EChartsOption } from 'echarts'
import type { LiveSample } from '../../shared/model/live'
import type { ChartTheme } from './chart-theme'
import { gapsBefore } from './gaps'

/** Null: not known at that time, drawn as a gap. */
export type ResourcePoint = readonly [at: number, value: number | null]

/** The least stretch of time that is drawn, so that the first samples do not fill the chart. */
const LEAST_SPAN_MS = 60_000

/** One field of the samples over time; a pause is a gap. */
export function pointsOf(samples: readonly LiveSample[], field: 'memoryBytes' | 'pids', everyMs: number): ResourcePoint[] {
  const isAfterGap = gapsBefore(samples, everyMs)
  const points: ResourcePoint[] = []
  samples.forEach((sample, index) => {
    const last = points.at(-1)
    if (last && isAfterGap[index])
      points.push([last[0] + everyMs, null])
    points.push([Date.parse(sample.at), sample[field]])
  })
  return points
}

/**
 * Processors in use between each sample and the one before it: seconds of processor time per second. Unknown after a pause, and
 * where the count went back, because then it is another run of the container.
 */
export function cpuPoints(samples: readonly LiveSample[], everyMs: number): ResourcePoint[] {
  const isAfterGap = gapsBefore(samples, everyMs)
  return samples.slice(1).map((sample, index): ResourcePoint => {
    const before = samples[index]
    const at = Date.parse(sample.at)
    const ms = before ? at - Date.parse(before.at) : 0
    if (!before || sample.cpuSeconds === null || before.cpuSeconds === null || ms <= 0 || isAfterGap[index + 1] || sample.cpuSeconds < before.cpuSeconds)
      return [at, null]
    return [at, (sample.cpuSeconds - before.cpuSeconds) / (ms / 1000)]
  })
}

export interface ResourceLine {
  points: readonly ResourcePoint[]
  /** A value in words, with its unit. */
  format: (value: number) => string
  /** Whole things go up and down in steps; amounts do not, and bytes have their own round numbers. */
  unit: 'count' | 'bytes' | 'share'
}

/** About three lines above zero, at powers of two: 8 MiB, 16 MiB, 24 MiB. */
function byteScale(points: readonly ResourcePoint[]): { interval: number, max: number } {
  const highest = Math.max(1, ...points.map(([, value]) => value ?? 0))
  const interval = 2 ** Math.ceil(Math.log2(highest / 3))
  return { interval, max: Math.ceil(highest / interval) * interval }
}

/** One use of the container over time, from zero. Times are UTC. */
export function resourceOption({ points, format, unit }: ResourceLine, theme: ChartTheme): EChartsOption {
  const now = points.at(-1)?.[0]
  const first = points[0]?.[0]
  const span = now === undefined || first === undefined ? {} : { min: Math.min(first, now - LEAST_SPAN_MS), max: now }
  return {
    useUTC: true,
    grid: { left: 72, right: 12, top: 32, bottom: 22 },
    xAxis: {
      ...span,
      type: 'time',
      splitNumber: 2,
      axisLine: { lineStyle: { color: theme.lineStrong } },
      axisTick: { show: false },
      axisLabel: { color: theme.inkSoft, hideOverlap: true, formatter: '{HH}:{mm}:{ss}' },
    },
    yAxis: {
      type: 'value',
      min: 0,
      splitNumber: 2,
      ...unit === 'count' ? { minInterval: 1 } : unit === 'bytes' ? byteScale(points) : {},
      splitLine: { lineStyle: { color: theme.line } },
      axisLabel: { color: theme.inkSoft, formatter: value => format(value) },
    },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      backgroundColor: theme.panel,
      borderColor: theme.lineStrong,
      textStyle: { color: theme.ink },
      valueFormatter: value => typeof value === 'number' ? format(value) : 'unknown',
    },
    series: [{
      type: 'line',
      ...unit === 'count' ? { step: 'end' as const } : {},
      showSymbol: points.length === 1,
      lineStyle: { width: 2, color: theme.inside },
      itemStyle: { color: theme.inside },
      data: points.map(([at, value]) => [at, value]),
    }],
  }
}
