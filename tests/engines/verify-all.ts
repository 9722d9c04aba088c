import type { Entry } from '../../verify/ledger'
import { machineBehind, thisMachine } from '../../verify/machine'
import { countOf, summaryLines } from '../../verify/print'
import { SITUATIONS } from '../../verify/situations'
import { abilitiesBeside, inabilitiesOf } from '../../verify/situations/abilities'
import type { Need } from '../../verify/situations/situation'
import { stageSituations } from '../../verify/situations/stage'
import { unlessInterrupted } from '../../verify/unless-interrupted'
import { verifyContainers, type Viewer } from '../../verify/verify-containers'
import { ENGINES } from './engines.mjs'
import { lookFrom } from './look-from'
import { VANTAGE_POINTS, type VantagePoint } from './vantage-points'

interface Result {
  readonly point: VantagePoint
  readonly situations: number
  readonly entries: readonly Entry[]
  /** A sentence about each situation that does not stand, or no longer. */
  readonly notMade: readonly string[]
}

/** Every situation from every vantage point with one of these names, or whose engine has it (none: all); prints a table, and resolves to the exit code. */
export async function verifyAll(wanted: readonly string[], write: (line: string) => void): Promise<number> {
  const isWanted = ({ name, engine }: VantagePoint, words = wanted): boolean => words.some(word => name === word || engine === word)
  const missing = wanted.find(word => !VANTAGE_POINTS.some(point => isWanted(point, [word])))
  if (missing !== undefined) {
    write(`There is no vantage point or engine ${missing}. There are:\n${VANTAGE_POINTS.map(({ name, engine }) => `  ${name} (${engine})`).join('\n')}`)
    return 2
  }
  const points = VANTAGE_POINTS.filter(point => wanted.length === 0 || isWanted(point))
  return unlessInterrupted(async (signal) => {
    const results: Result[] = []
    for (const engine of new Set(points.map(point => point.engine)))
      results.push(...await verifyEngine(engine, points.filter(point => point.engine === engine), write, signal))
    tableLines(results).forEach(write)
    new Set(results.flatMap(troubleLines)).forEach(line => write(line))
    return results.every(isClean) ? 0 : 1
  })
}

const isClean = ({ situations, entries, notMade }: Result): boolean => situations > 0 && countOf(entries, 'different') + countOf(entries, 'not-compared') + notMade.length === 0

/** All viewers of an engine look at a container before the next one: what takes most of the time are the oracles, which are asked once for all. */
async function verifyEngine(name: string, points: readonly VantagePoint[], write: (line: string) => void, signal: AbortSignal): Promise<Result[]> {
  const start = Object.entries(ENGINES).find(([known]) => known === name)?.[1]
  if (start === undefined)
    throw new Error(`There is no engine ${name}.`)
  const clock = stopwatch()
  const engine = await start()
  const removals = [engine.remove]
  try {
    const machine = engine.run === null ? thisMachine(engine.address) : machineBehind(engine.address, engine.run)
    const inabilities = await inabilitiesOf(machine)
    const stage = await stageSituations(machine, SITUATIONS, abilitiesBeside(inabilities), signal)
    leftOutLines(name, inabilities).forEach(write)
    removals.push(stage.remove)
    const notMade = stage.failed.map(({ situation, because }) => `NOT MADE on ${name}: ${situation}: ${because}`)
    notMade.forEach(write)
    write(`${name}: ${stage.staged.length} situations stand after ${clock()} s`)
    const viewers: Viewer[] = []
    for (const point of points) {
      const { take, end } = await lookFrom(point, engine)
      removals.push(end)
      viewers.push({ take, step: point.step })
    }
    const { entries, gone, restless } = await verifyContainers(machine, viewers, stage.staged.map(({ containerId, situation }) => ({ id: containerId, name: situation })), signal)
    const left = [...gone.map(situation => `GONE on ${name}: ${situation} went away meanwhile`), ...restless.map(situation => `RESTLESS on ${name}: ${situation} became another one each time`)]
    left.forEach(write)
    write(`${name}: compared from ${points.length} vantage points after ${clock()} s`)
    return points.map((point, at) => {
      const own = entries[at] ?? []
      write(`\n── ${point.name}`)
      summaryLines(own).forEach(write)
      return { point, situations: stage.staged.length - left.length, entries: own, notMade: [...notMade, ...left] }
    })
  }
  finally {
    await removeEach(removals.reverse())
  }
}

/** One that fails keeps none of the others; its failure is thrown when all have been tried. */
async function removeEach(removals: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = []
  for (const remove of removals)
    await remove().catch((error: unknown) => failures.push(error))
  if (failures.length > 0)
    throw failures[0]
}

/** What is wrong, once more, so that it is the end of a long output. */
const troubleLines = ({ point, entries, notMade }: Result): string[] => {
  const wrong = entries.filter(({ outcome }) => outcome === 'different' || outcome === 'not-compared')
  return [...notMade, ...wrong.length === 0 ? [] : ['', `── ${point.name}`, ...summaryLines(wrong)]]
}

/** What is not made there, and why. */
const leftOutLines = (engine: string, inabilities: ReadonlyMap<Need, string>): string[] =>
  [...inabilities].flatMap(([need, because]) => {
    const names = SITUATIONS.filter(({ needs = [] }) => needs.includes(need)).map(({ name }) => name)
    return names.length === 0 ? [`WITHOUT ${need} on ${engine}: ${because}`] : [`LEFT OUT on ${engine}: ${names.join(', ')}: ${because}`]
  })

/** Whole seconds since it was made. */
function stopwatch(): () => number {
  const startedAt = performance.now()
  return () => Math.round((performance.now() - startedAt) / 1000)
}

const HEAD = ['vantage point', 'situations', 'same', 'unknown', 'different', 'not compared', 'not made']

function tableLines(results: readonly Result[]): string[] {
  const rows = results.map(({ point, situations, entries, notMade }) =>
    [point.name, ...[situations, countOf(entries, 'same'), countOf(entries, 'unknown'), countOf(entries, 'different'), countOf(entries, 'not-compared'), notMade.length].map(String)])
  const widths = HEAD.map((word, column) => Math.max(word.length, ...rows.map(row => row[column]?.length ?? 0)))
  return ['', ...[HEAD, ...rows].map(row => row.map((cell, column) => column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)).join('  '))]
}
