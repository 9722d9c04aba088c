import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { ContainerPlan } from '../../shared/model/container-plan'
import { Knob, type KnobKind } from '../../shared/model/knob'
import type { Problem } from '../../shared/model/problem'
import type { RanSibling, RunContext } from '../../shared/model/run-context'
import { foretoldDifference } from '../../shared/run/foretold-difference'
import { isTurned, KNOB_KINDS } from '../../shared/run/knobs'
import { predictIsolation } from '../../shared/run/predict-isolation'
import { runLine } from '../../shared/run/run-line'
import { siblingChanges, siblingPlan } from '../../shared/run/sibling'
import { parseSize, sizeText } from '../../shared/run/sizes'
import { WrongValue } from '../../shared/run/wrong-value'
import { toProblem, useConnection } from './connection'
import { useContainers } from './containers'

/** What is first in the field of a flag with a value: half of what it has, or what most containers can live with; and a user who is not root. */
const FIRST_MEMORY_BYTES = 256 * 1024 ** 2
const FIRST_USER = '1000:1000'

/** A sibling of one container that is to be run with one flag changed: which, what it would do, and what came of it. */
export const useRunAgain = defineStore('run-again', () => {
  const connection = useConnection()
  const containers = useContainers()
  const containerId = shallowRef<string | null>(null)
  const planned = shallowRef<ContainerPlan | null>(null)
  const context = shallowRef<RunContext | null>(null)
  /** Why it is not known what the container was made of. */
  const problem = shallowRef<Problem | null>(null)
  let stop = new AbortController()

  const kind = shallowRef<KnobKind>('pid-host')
  /** As a person types them. */
  const memory = shallowRef('')
  const user = shallowRef('')

  /** The person is asked whether it shall be run. */
  const isAsked = shallowRef(false)
  const isRunning = shallowRef(false)
  /** Why it was not run, as long as the choice is the same. */
  const runProblem = shallowRef<Problem | null>(null)
  /** The sibling that ended again at once, of which the engine warned, or that is otherwise than was asked. */
  const ran = shallowRef<RanSibling | null>(null)
  watch([kind, memory, user], () => {
    runProblem.value = null
    ran.value = null
  })

  /** Asks what the container is made of, and what its engine says of itself; what was chosen for this one before stays. */
  async function open(id: string): Promise<void> {
    if (containerId.value !== id)
      clear()
    containerId.value = id
    stop.abort()
    stop = new AbortController()
    const { signal } = stop
    const { client } = connection
    if (!client || connection.recording)
      return
    try {
      const [plan, said] = await Promise.all([client.call('container.plan', { containerId: id }, { signal }), client.call('run.context', {}, { signal })])
      if (signal.aborted)
        return
      const isFirst = planned.value === null
      planned.value = Object.freeze(plan)
      context.value = Object.freeze(said)
      problem.value = null
      if (isFirst)
        begin(plan)
    }
    catch (error) {
      if (!signal.aborted)
        problem.value = toProblem(error)
    }
  }

  function begin({ plan }: ContainerPlan): void {
    memory.value = sizeText(plan.limits.memoryBytes === null ? FIRST_MEMORY_BYTES : Math.ceil(plan.limits.memoryBytes / 2))
    user.value = plan.user === FIRST_USER ? '0' : FIRST_USER
    kind.value = KNOB_KINDS.find(each => !isSet(each)) ?? 'memory'
  }

  function clear(): void {
    stop.abort()
    containerId.value = null
    planned.value = null
    context.value = null
    problem.value = null
    runProblem.value = null
    ran.value = null
    isAsked.value = false
  }
  watch(() => [connection.recording, connection.engineTurn], clear)

  /** With what is typed; WrongValue for what cannot be. */
  function read(of: KnobKind): Knob {
    if (of === 'memory')
      return { kind: of, bytes: readMemory(memory.value.trim()) }
    if (of === 'user')
      return { kind: of, user: readUser(user.value.trim()) }
    return { kind: of }
  }
  const chosen = computed((): { knob: Knob | null, wrong: string | null } => {
    try {
      return { knob: read(kind.value), wrong: null }
    }
    catch (error) {
      if (!(error instanceof WrongValue))
        throw error
      return { knob: null, wrong: `This ${error.message}. ${error.fix}` }
    }
  })
  const knob = computed(() => chosen.value.knob)
  /** Why the value in its field cannot be; null: it can. */
  const wrong = computed(() => chosen.value.wrong)

  /** The container has that flag; one with a value may have another one. */
  const isSet = (of: KnobKind): boolean =>
    of !== 'memory' && of !== 'user' && planned.value !== null && isTurned(planned.value.plan, { kind: of })

  /** The container has exactly what is chosen: there would be no difference. */
  const isSame = computed(() => planned.value !== null && knob.value !== null && isTurned(planned.value.plan, knob.value))

  const sibling = computed(() => planned.value === null || knob.value === null || isSame.value
    ? null
    : siblingPlan(planned.value.plan, knob.value, new Set(containers.containers.map(({ name }) => name))))
  const line = computed(() => sibling.value && runLine(sibling.value))
  const changes = computed(() => planned.value === null || knob.value === null ? [] : siblingChanges(planned.value.plan, knob.value))
  const difference = computed(() => {
    if (planned.value === null || context.value === null || sibling.value === null)
      return null
    const of = { ...context.value, image: planned.value.image }
    return foretoldDifference(predictIsolation(planned.value.plan, of), predictIsolation(sibling.value, of))
  })

  function ask(): void {
    runProblem.value = null
    isAsked.value = sibling.value !== null
  }

  /** Closes the question. What has begun goes on. */
  function dismiss(): void {
    isAsked.value = false
  }

  /** Gives the sibling once it runs and nothing has to be said of it; else what has to be is here. */
  async function confirm(): Promise<RanSibling | null> {
    const { client } = connection
    const id = containerId.value
    if (!client || id === null || knob.value === null || sibling.value === null || isRunning.value)
      return null
    const turn = connection.engineTurn
    isRunning.value = true
    runProblem.value = null
    ran.value = null
    try {
      const container = await client.call('container.runAgain', { containerId: id, knob: knob.value })
      if (turn !== connection.engineTurn || containerId.value !== id)
        return null
      dismiss()
      if (container.ended === null && container.warnings.length + container.otherwise.length === 0)
        return container
      ran.value = container
      return null
    }
    catch (error) {
      if (turn === connection.engineTurn && containerId.value === id)
        runProblem.value = toProblem(error)
      return null
    }
    finally {
      isRunning.value = false
    }
  }

  return { containerId, planned, context, problem, kind, memory, user, wrong, knob, isSet, isSame, sibling, line, changes, difference, isAsked, isRunning, runProblem, ran, open, ask, dismiss, confirm }
})

function readMemory(text: string): number {
  const bytes = parseSize(text)
  if (bytes === 0)
    throw new WrongValue('is no limit', 'Write a number with a unit, such as 512m or 2g.')
  return bytes
}

function readUser(text: string): string {
  const parsed = Knob.safeParse({ kind: 'user', user: text })
  if (!parsed.success)
    throw new WrongValue(text === '' ? 'is nobody' : 'is no user', 'Write a name or a number, such as 1000 or 1000:1000.')
  return text
}
