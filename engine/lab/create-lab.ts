import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Lab, LabOrder, LabRecord } from '../../shared/model/lab'
import { type Problem, ProblemError } from '../../shared/model/problem'
import { latestOnly } from '../latest-only'
import type { DockerEngine } from '../sources/docker'
import type { LabBench, LabTools } from './bench'
import { type Inventory, takeInventory } from './inventory'
import { performStep } from './perform-step'
import { removeOurs } from './remove-ours'

export interface LabOptions extends LabTools {
  readonly labels: Lab['labels']
  readonly engine: (signal: AbortSignal) => Promise<DockerEngine>
}

/** The guided lab of this process: one, whoever looks at it. */
export interface GuidedLab {
  /** As it is at once, and again after each change. */
  readonly watch: (signal: AbortSignal) => AsyncIterable<Lab>
  /** Does a step for whoever asked, to its end, though they leave meanwhile. One at a time; `clean` ends the one that goes on. Throws ProblemError. */
  readonly perform: (order: LabOrder) => Promise<void>
  /** Forgets one that was ended, so that the next one can begin; any other stays. */
  readonly renew: () => void
  /** Removes what the lab made, if the engine answers in time. */
  readonly close: () => Promise<void>
}

/** A step that is done within this time is waited for at the end: what an engine has begun for one that is given up may come after that. */
const PATIENCE_MS = 2_000
const LATE_MS = 500
/** Where a host ends its engine's process, it waits five seconds for that. */
const CLOSE_MS = 4_000

export function createLab({ labels, engine, ...tools }: LabOptions): GuidedLab {
  let lab = newLab(labels)
  /** Null: the lab has made nothing. */
  let before: Inventory | null = null
  let stop = new AbortController()
  let doing: Promise<void> | null = null
  const readers = new Set<() => void>()

  function change(part: Partial<Lab>): void {
    lab = { ...lab, ...part }
    readers.forEach(tell => tell())
  }

  const keep = (record: LabRecord): void =>
    change({ records: [...lab.records.filter(({ step }) => step !== record.step), record] })

  /** The engine that the lab is on. Throws ProblemError LAB_ELSEWHERE. */
  async function ownEngine(): Promise<DockerEngine> {
    const docker = await engine(stop.signal)
    if (lab.engine !== null && lab.engine !== docker.endpoint.address)
      throw new ProblemError({ code: 'LAB_ELSEWHERE', what: `The lab is on another engine: ${lab.engine}.`, fix: 'Choose that engine again to go on, or to end the lab there.' })
    return docker
  }

  /** The engine is asked for what it has before anything is made. */
  async function begin(): Promise<Inventory> {
    const docker = await engine(stop.signal)
    const inventory = await takeInventory(docker, stop.signal)
    change({ engine: docker.endpoint.address })
    return inventory
  }

  async function openBench(order: LabOrder): Promise<LabBench> {
    if (lab.isEnded || (before === null && order.step !== 'build'))
      throw new ProblemError({ code: 'LAB_NOT_BEGUN', what: 'The lab has not begun, or was ended.', fix: 'Build its image first.' })
    before ??= await begin()
    return { ...tools, docker: await ownEngine(), lab: () => lab, change, before, signal: stop.signal }
  }

  async function perform(order: LabOrder): Promise<void> {
    stop = new AbortController()
    const record = { step: order.step, prediction: order.prediction, facts: null, problem: null }
    try {
      const bench = await openBench(order)
      keep({ ...record, state: 'doing' })
      const facts = await performStep(bench, order)
      keep({ ...record, state: 'done', facts })
      if (order.step === 'clean') {
        before = null
        change({ isEnded: true, containerId: null })
      }
    }
    catch (error) {
      keep({ ...record, state: 'failed', problem: problemOf(error, stop.signal) })
      throw error
    }
  }

  async function inTurn(order: LabOrder): Promise<void> {
    if (order.step === 'clean')
      await settle()
    if (doing)
      throw new ProblemError({ code: 'LAB_BUSY', what: 'Another step of the lab is being done.', fix: 'Wait until it is done.' })
    doing = perform(order).finally(() => { doing = null })
    return doing
  }

  /** Nothing is being done after that. */
  async function settle(): Promise<void> {
    if (doing === null)
      return
    const late = new AbortController()
    const isOver = await Promise.race([doing.then(() => true, () => true), wait(PATIENCE_MS, false, { signal: late.signal }).catch(() => true)])
    late.abort()
    if (isOver)
      return
    stop.abort()
    await doing.catch(() => {})
    await wait(LATE_MS)
  }

  async function removeAll(): Promise<void> {
    await settle()
    stop = new AbortController()
    await removeOurs({ docker: await ownEngine(), log: tools.log }, lab)
  }

  return {
    watch: signal => latestOnly<Lab>(signal, (show, inner) => new Promise((resolve) => {
      const tell = (): void => show(lab)
      readers.add(tell)
      tell()
      inner.addEventListener('abort', () => {
        readers.delete(tell)
        resolve()
      }, { once: true })
    })),
    perform: inTurn,
    renew: () => {
      if (before === null && doing === null)
        change(newLab(labels))
    },
    close: async () => {
      if (before === null)
        return
      const late = new AbortController()
      // What is left is found by its labels at the next start.
      await Promise.race([removeAll().catch(() => {}), wait(CLOSE_MS, undefined, { signal: late.signal }).catch(() => {})])
      late.abort()
    },
  }
}

const newLab = (labels: Lab['labels']): Lab =>
  ({ name: `isoscope-lab-${randomBytes(2).toString('hex')}`, labels, engine: null, baseImage: null, containerId: null, buildLines: [], records: [], isEnded: false })

function problemOf(error: unknown, signal: AbortSignal): Problem {
  if (signal.aborted)
    return { code: 'LAB_STEP_ENDED', what: 'This step was given up, because the lab was ended.', fix: 'Nothing has to be done.' }
  return error instanceof ProblemError ? error.problem : { code: 'LAB_STEP_FAILED', what: 'Isoscope met an error of its own in this step.', fix: 'Do the step again.' }
}
