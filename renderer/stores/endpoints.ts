import { defineStore } from 'pinia'
import { ref, shallowRef, watch } from 'vue'
import type { KnownEndpoint } from '../../shared/model/engine'
import type { Problem } from '../../shared/model/problem'
import { toProblem, useConnection } from './connection'
import { usePreferences } from './preferences'

/** Every endpoint that the host knows of. Each is asked how it does when somebody looks, and never by itself. */
export const useEndpoints = defineStore('endpoints', () => {
  const connection = useConnection()
  const preferences = usePreferences()
  const endpoints = shallowRef<readonly KnownEndpoint[] | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const isAsking = ref(false)
  let stop = new AbortController()

  async function ask(): Promise<void> {
    stop.abort()
    const client = connection.hostClient
    if (!client)
      return
    stop = new AbortController()
    const { signal } = stop
    isAsking.value = true
    try {
      endpoints.value = Object.freeze(await client.call('engine.endpoints', {}, { signal }))
      problem.value = null
    }
    catch (error) {
      if (!signal.aborted)
        problem.value = toProblem(error)
    }
    finally {
      if (!signal.aborted)
        isAsking.value = false
    }
  }

  /** That one alone is asked from now on and in later runs, null: what docker would choose; the list says so at once. */
  async function choose(endpointId: string | null): Promise<void> {
    stop.abort()
    isAsking.value = false
    endpoints.value = endpoints.value?.map(endpoint => ({ ...endpoint, isCurrent: endpoint.id === endpointId })) ?? null
    try {
      await connection.chooseEngine(endpointId)
      await preferences.change({ endpointId, engineAddress: null })
      problem.value = null
    }
    catch (error) {
      problem.value = toProblem(error)
    }
    await ask()
  }

  watch(() => connection.hostClient, () => { endpoints.value = null })

  return { endpoints, problem, isAsking, ask, choose }
})
