import type { Entry } from '../../verify/ledger'
import { thisMachine } from '../../verify/machine'
import { countOf, summaryLines } from '../../verify/print'
import { SITUATIONS } from '../../verify/situations'
import { abilitiesOf } from '../../verify/situations/abilities'
import { stageSituations } from '../../verify/situations/stage'
import { verifyContainers } from '../../verify/verify-containers'
import { ENGINES } from './engines.mjs'
import { lookFrom } from './look-from'
import { VANTAGE_POINTS, type VantagePoint } from './vantage-points'

interface Result {
  readonly point: VantagePoint
  readonly situations: number
  readonly entries: readonly Entry[]
  readonly notMade: number
  readonly seconds: number
}

/** Every situation from every vantage point with one of these names, or whose engine has it (none: all); prints a table, and resolves to the exit code. */
export async function verifyAll(wanted: readonly string[], write: (line: string) => void): Promise<number> {
  const points = VANTAGE_POINTS.filter(({ name, engine }) => wanted.length === 0 || wanted.some(word => name === word || engine === word))
  const results: Result[] = []
  for (const engine of new Set(points.map(point => point.engine)))
    results.push(...await verifyEngine(engine, points.filter(point => point.engine === engine), write))
  tableLines(results).forEach(write)
  return points.length > 0 && results.every(({ entries, notMade }) => countOf(entries, 'different') + countOf(entries, 'not-compared') + notMade === 0) ? 0 : 1
}

async function verifyEngine(name: string, points: readonly VantagePoint[], write: (line: string) => void): Promise<Result[]> {
  const start = Object.entries(ENGINES).find(([known]) => known === name)?.[1]
  if (start === undefined)
    throw new Error(`There is no engine ${name}.`)
  const engine = await start()
  const machine = thisMachine(engine.address)
  const stage = await stageSituations(machine, SITUATIONS, await abilitiesOf(machine)).catch(async (error: unknown) => {
    await engine.remove()
    throw error
  })
  try {
    const containers = stage.staged.map(({ containerId, situation }) => ({ id: containerId, name: situation }))
    const results: Result[] = []
    for (const { situation, because } of stage.failed)
      write(`NOT MADE on ${name}: ${situation}: ${because}`)
    for (const point of points) {
      write(`\n── ${point.name}`)
      const startedAt = performance.now()
      const taker = await lookFrom(point, engine)
      const { entries } = await verifyContainers(machine, taker.take, containers, point.step).finally(taker.end)
      summaryLines(entries).forEach(write)
      results.push({ point, situations: containers.length, entries, notMade: stage.failed.length, seconds: (performance.now() - startedAt) / 1000 })
    }
    return results
  }
  finally {
    await stage.remove()
    await engine.remove()
  }
}

const HEAD = ['vantage point', 'situations', 'same', 'unknown', 'different', 'not compared', 'not made', 'seconds']

function tableLines(results: readonly Result[]): string[] {
  const rows = results.map(({ point, situations, entries, notMade, seconds }) =>
    [point.name, ...[situations, countOf(entries, 'same'), countOf(entries, 'unknown'), countOf(entries, 'different'), countOf(entries, 'not-compared'), notMade, Math.round(seconds)].map(String)])
  const widths = HEAD.map((word, column) => Math.max(word.length, ...rows.map(row => row[column]?.length ?? 0)))
  return ['', ...[HEAD, ...rows].map(row => row.map((cell, column) => column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)).join('  '))]
}
