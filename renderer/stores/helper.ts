import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { HelperStatus } from '../../shared/model/helper'
import type { Problem } from '../../shared/model/problem'
import { toProblem, useConnection } from './connection'
import { useSnapshot } from './snapshot'

/** The helper container of the engine that is asked: whether it may run, and how it does. */
export const useHelper = defineStore('helper', () => {
  const connection = useConnection()
  const snapshot = useSnapshot()
  const status = shallowRef<HelperStatus | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const isAsking = ref(false)
  /** This host may be told to run it. */
  const isOffered = computed(() => connection.host?.abilities.includes('helper') === true)

  // It starts with the first snapshot that needs it, and belongs to one engine.
  watch(() => [connection.engineStatus, snapshot.snapshot] as const, () => void ask(), { immediate: true })

  function ask(): Promise<void> {
    return askFor(client => client.call('helper.status', {}))
  }

  /** Allows or forbids it, and reads the container that is shown again: there is more, or less, to know now. */
  async function allow(isAllowed: boolean): Promise<void> {
    await askFor(client => client.call('helper.allow', { isAllowed }))
    if (problem.value === null && snapshot.containerId !== null)
      await snapshot.take()
  }

  async function askFor(question: (client: NonNullable<typeof connection.client>) => Promise<HelperStatus>): Promise<void> {
    const { client } = connection
    if (client === null || connection.recording !== null) {
      status.value = null
      return
    }
    isAsking.value = true
    try {
      const answer = await question(client)
      if (client !== connection.client)
        return
      status.value = answer
      problem.value = null
    }
    catch (error) {
      if (client === connection.client)
        problem.value = toProblem(error)
    }
    finally {
      isAsking.value = false
    }
  }

  return { status, problem, isAsking, isOffered, allow }
})
