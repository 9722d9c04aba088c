import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { Image } from '../../shared/model/image'
import { type Problem, ProblemError } from '../../shared/model/problem'
import type { RanContainer, RunContext } from '../../shared/model/run-context'
import { emptyPlan, type RunPlan } from '../../shared/model/run-plan'
import { findImage } from '../../shared/run/find-image'
import { parseRunLine } from '../../shared/run/parse-run-line'
import { PLAN_FIELDS, type PlanFieldName } from '../../shared/run/plan-fields'
import { predictIsolation } from '../../shared/run/predict-isolation'
import { runLine } from '../../shared/run/run-line'
import { WrongValue } from '../../shared/run/wrong-value'
import { toProblem, useConnection } from './connection'

/** What was typed last into a field, and why the plan has not got it; null: it has. */
interface Typed { readonly text: string, readonly wrong: string | null }

const startPlan = (): RunPlan => ({ ...emptyPlan(''), isDetached: true })

/** A container that is to be run: one plan, as a form and as the docker line, whichever was changed last. It outlives the page that shows it. */
export const useRunForm = defineStore('run-form', () => {
  const connection = useConnection()
  const plan = shallowRef<RunPlan>(startPlan())
  const typed = shallowRef<Readonly<Partial<Record<PlanFieldName, Typed>>>>({})
  /** The line as a person writes it, until the form is changed. */
  const typedLine = shallowRef<{ readonly text: string, readonly problem: Problem | null } | null>(null)

  const line = computed(() => typedLine.value?.text ?? lineOf(plan.value))
  /** Why the line cannot be read, or the plan cannot be run. */
  const problem = computed(() => typedLine.value?.problem ?? (plan.value.image === '' ? null : readLine(lineOf(plan.value)).problem))
  /** The line is as a person wrote it, and the form has not followed it. */
  const isLineAstray = computed(() => typedLine.value !== null && typedLine.value.problem !== null)
  const isComplete = computed(() => plan.value.image !== '' && problem.value === null && Object.values(typed.value).every(({ wrong }) => wrong === null))

  const textOf = (field: PlanFieldName): string => typed.value[field]?.text ?? PLAN_FIELDS[field].text(plan.value)
  const wrongOf = (field: PlanFieldName): string | null => typed.value[field]?.wrong ?? null

  /** What cannot be stays in its field with the reason, and the plan keeps what it had there. */
  function type(field: PlanFieldName, text: string): void {
    const next = structuredClone(plan.value)
    let wrong: string | null = null
    try {
      PLAN_FIELDS[field].set(next, text)
      plan.value = next
    }
    catch (error) {
      wrong = wrongWords(error)
    }
    typed.value = { ...typed.value, [field]: { text, wrong } }
    typedLine.value = null
  }

  /** `change` gets a copy. */
  function edit(change: (plan: RunPlan) => void): void {
    const next = structuredClone(plan.value)
    change(next)
    plan.value = next
    typedLine.value = null
  }

  /** The whole form follows a line that can be read; from any other it keeps what it has. */
  function typeLine(text: string): void {
    const read = readLine(text)
    typedLine.value = { text, problem: read.problem }
    if (!read.plan)
      return
    plan.value = read.plan
    typed.value = {}
  }

  /** Writes the line anew, as the form has it: what was typed and could not be read is forgotten. */
  function restoreLine(): void {
    typedLine.value = null
  }

  /** What the engine has, and what it says of itself; null: not known (yet). */
  const images = shallowRef<readonly Image[] | null>(null)
  const context = shallowRef<RunContext | null>(null)
  const contextProblem = shallowRef<Problem | null>(null)
  let stop = new AbortController()

  async function look(): Promise<void> {
    stop.abort()
    stop = new AbortController()
    const { signal } = stop
    const { client } = connection
    if (!client || connection.recording)
      return
    try {
      const [had, said] = await Promise.all([client.call('images.list', {}, { signal }), client.call('run.context', {}, { signal })])
      if (signal.aborted)
        return
      images.value = Object.freeze(had)
      context.value = Object.freeze(said)
      contextProblem.value = null
    }
    catch (error) {
      if (signal.aborted)
        return
      // What it said before may no longer be so.
      context.value = null
      contextProblem.value = toProblem(error)
    }
  }
  watch(() => [connection.client, connection.engineTurn] as const, ([, turn], [, turnBefore]) => {
    if (turn !== turnBefore) {
      images.value = null
      context.value = null
      contextProblem.value = null
      ran.value = null
      asked.value = null
      runProblem.value = null
    }
    void look()
  })

  const image = computed(() => images.value === null || plan.value.image === '' ? undefined : findImage(images.value, plan.value.image))
  const foretold = computed(() => context.value === null || images.value === null
    ? null
    : predictIsolation(plan.value, { ...context.value, image: image.value?.config ?? null }))

  /** The plan that a person is asked about: nobody is attached to what runs here. */
  const asked = shallowRef<RunPlan | null>(null)
  const isRunning = shallowRef(false)
  /** Why it was not run, as long as the plan is the same. */
  const runProblem = shallowRef<Problem | null>(null)
  watch(plan, () => { runProblem.value = null })
  const ran = shallowRef<{ readonly container: RanContainer, readonly isRemovedAtEnd: boolean } | null>(null)

  function ask(): void {
    runProblem.value = null
    asked.value = isComplete.value ? { ...plan.value, isDetached: true } : null
  }

  /** Closes the question. What has begun goes on. */
  function dismiss(): void {
    asked.value = null
  }

  async function confirm(): Promise<void> {
    const { client } = connection
    const confirmed = asked.value
    if (!client || !confirmed || isRunning.value)
      return
    const turn = connection.engineTurn
    isRunning.value = true
    runProblem.value = null
    ran.value = null
    try {
      const container = await client.call('container.run', confirmed)
      if (turn !== connection.engineTurn)
        return
      ran.value = { container, isRemovedAtEnd: confirmed.isRemovedAtEnd }
      dismiss()
      void look()
    }
    catch (error) {
      if (turn === connection.engineTurn)
        runProblem.value = toProblem(error)
    }
    finally {
      isRunning.value = false
    }
  }

  return {
    plan, line, problem, isLineAstray, isComplete, textOf, wrongOf, type, edit, typeLine, restoreLine,
    images, context, contextProblem, look, image, foretold, asked, isRunning, runProblem, ran, ask, dismiss, confirm,
  }
})

/** Without an image, what would stand before one. */
const lineOf = (plan: RunPlan): string => plan.image === '' ? runLine({ ...plan, command: [] }).replace(/ ''$/, '') : runLine(plan)

function readLine(text: string): { plan: RunPlan | null, problem: Problem | null } {
  try {
    return { plan: parseRunLine(text), problem: null }
  }
  catch (error) {
    return { plan: null, problem: toProblem(error) }
  }
}

function wrongWords(error: unknown): string {
  if (error instanceof WrongValue)
    return `This ${error.message}. ${error.fix}`
  if (error instanceof ProblemError)
    return `${error.problem.what} ${error.problem.fix}`
  throw error
}
