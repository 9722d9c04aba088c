import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { LAB_STEPS, type Lab, type LabRecord, type LabStepId } from '../../shared/model/lab'
import type { Problem } from '../../shared/model/problem'
import { toProblem, useConnection } from './connection'

/** The guided lab as the host keeps it, and where the person is in it. */
export const useLab = defineStore('lab', () => {
  const connection = useConnection()
  /** Null: the host has not told it yet. */
  const lab = shallowRef<Lab | null>(null)
  /** Why nothing is heard of it. */
  const problem = shallowRef<Problem | null>(null)
  /** What was foretold and is not done yet. */
  const predictions = ref<Partial<Record<LabStepId, string>>>({})
  /** The step that a person looks at; null: the first that is not done. */
  const chosen = ref<LabStepId | null>(null)

  watch(() => [connection.client, connection.recording] as const, async ([client, recording], _before, onCleanup) => {
    const stop = new AbortController()
    onCleanup(() => stop.abort())
    lab.value = null
    problem.value = null
    if (!client || recording)
      return
    try {
      for await (const now of client.stream('lab.watch', {}, { signal: stop.signal }))
        lab.value = Object.freeze(now)
    }
    catch (error) {
      // A lost connection is told elsewhere, and made again.
      if (!stop.signal.aborted && !connection.isStale)
        problem.value = toProblem(error)
    }
  }, { immediate: true })

  const recordOf = (step: LabStepId): LabRecord | null => lab.value?.records.find(record => record.step === step) ?? null
  const isDone = (step: LabStepId): boolean => recordOf(step)?.state === 'done'
  const doing = computed(() => lab.value?.records.find(({ state }) => state === 'doing')?.step ?? null)
  /** The first that is not done. After the end there is none to come. */
  const next = computed(() => lab.value?.isEnded ? 'clean' : LAB_STEPS.find(step => !isDone(step)) ?? 'clean')
  const current = computed(() => chosen.value ?? next.value)
  const hasBegun = computed(() => lab.value !== null && lab.value.engine !== null && !lab.value.isEnded)

  const predictionOf = (step: LabStepId): string | null => predictions.value[step] ?? recordOf(step)?.prediction ?? null
  function predict(step: LabStepId, prediction: string): void {
    predictions.value = { ...predictions.value, [step]: prediction }
  }

  /** Has a step done; what comes of it is told by the lab itself, also that it failed. */
  async function perform(step: LabStepId, baseImage: string | null = null): Promise<void> {
    const { client } = connection
    if (!client)
      return
    chosen.value = step
    problem.value = null
    const prediction = predictionOf(step)?.trim() || null
    try {
      await client.call('lab.perform', { step, prediction, baseImage })
    }
    catch (error) {
      if (recordOf(step)?.state !== 'failed')
        problem.value = toProblem(error)
    }
  }

  function look(step: LabStepId): void {
    chosen.value = step
    problem.value = null
  }

  /** After the end of one. What was foretold then is no answer now. */
  async function beginAnew(): Promise<void> {
    await connection.client?.call('lab.renew', {})
    predictions.value = {}
    look('build')
  }

  return { lab, problem, chosen, current, next, doing, hasBegun, recordOf, predictionOf, predict, perform, look, beginAnew }
})
