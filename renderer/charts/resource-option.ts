import type { EChartsOption } from 'echarts'
import type { ChartTheme } from './chart-theme'
import { type Point, spanOf } from './points'

export interface ResourceLine {
  points: readonly Point[]
  /** A value in words, with its unit. */
  format: (value: number) => string
  /** Whole things go up and down in steps; amounts do not, and each has its own round numbers. */
  unit: 'count' | 'bytes' | 'processors'
}

/** The least of a processor that has words of its own (`formatProcessors`): below it a line lies at zero, instead of showing noise at full height. */
const LEAST_PROCESSORS = 0.001

/** Up to three lines above zero, as far apart as `round` makes the least distance that will do. */
function linesAbove(least: number, points: readonly Point[], round: (distance: number) => number): { interval: number, max: number } {
  const highest = Math.max(least, ...points.map(([, value]) => value ?? 0))
  const interval = round(highest / 3)
  return { interval, max: Math.ceil(highest / interval) * interval }
}

/** 8 MiB, 16 MiB, 24 MiB. */
const roundBytes = (distance: number): number => 2 ** Math.ceil(Math.log2(distance))

/** 0.0005, 0.001; 0.2, 0.4, 0.6. */
function roundShare(distance: number): number {
  const place = 10 ** Math.floor(Math.log10(distance))
  return Number((([1, 2, 5].find(times => times * place >= distance) ?? 10) * place).toPrecision(1))
}

interface Scale {
  /** In the option's own words. */
  lines: { minInterval: number } | { interval: number, max: number }
  /** Where the words of a line do not say it. */
  noun: string
  words: (value: number) => string
}

function scaleOf({ points, format, unit }: ResourceLine): Scale {
  switch (unit) {
    case 'count': return { lines: { minInterval: 1 }, noun: '', words: format }
    case 'bytes': return { lines: linesAbove(1, points, roundBytes), noun: '', words: format }
    // The words of a value are rounded; those of a line must say where it is.
    case 'processors': return { lines: linesAbove(LEAST_PROCESSORS, points, roundShare), noun: 'processors', words: value => String(Number(value.toPrecision(3))) }
  }
}

/** One use of the container over time, from zero. Times are UTC. */
export function resourceOption(line: ResourceLine, theme: ChartTheme): EChartsOption {
  const { points, format, unit } = line
  const { lines, noun, words } = scaleOf(line)
  return {
    useUTC: true,
    grid: { left: 72, right: 12, top: 32, bottom: 22 },
    xAxis: {
      ...spanOf(points),
      type: 'time',
      splitNumber: 2,
      axisLine: { lineStyle: { color: theme.lineStrong } },
      axisTick: { show: false },
      axisLabel: { color: theme.inkSoft, hideOverlap: true, formatter: '{HH}:{mm}:{ss}' },
    },
    yAxis: {
      ...lines,
      type: 'value',
      min: 0,
      splitNumber: 2,
      name: noun,
      nameTextStyle: { color: theme.inkSoft },
      splitLine: { lineStyle: { color: theme.line } },
      axisLabel: { color: theme.inkSoft, formatter: value => words(value) },
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
      data: points.map(point => [...point]),
    }],
  }
}
