import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'
import type { Container } from '../../shared/model/container'
import type { Problem } from '../../shared/model/problem'
import { toProblem, useConnection } from './connection'

/** The engine's containers, live: the stream begins anew with every new client. */
export const useContainers = defineStore('containers', () => {
  const connection = useConnection()
  const containers = shallowRef<readonly Container[]>([])
  /** When the list was read; null: nothing was heard yet from whom we ask now. */
  const at = shallowRef<string | null>(null)
  const problem = shallowRef<Problem | null>(null)

  watch(() => [connection.client, connection.recording] as const, async ([client, recording], before, onCleanup) => {
    const stop = new AbortController()
    onCleanup(() => stop.abort())
    if (recording !== before?.[1]) {
      containers.value = []
      at.value = null
    }
    if (!client)
      return
    try {
      for await (const list of client.stream('containers.watch', {}, { signal: stop.signal })) {
        containers.value = Object.freeze(list.containers)
        at.value = list.at
        problem.value = list.problem
      }
    }
    catch (error) {
      if (stop.signal.aborted || connection.isStale)
        return
      problem.value = toProblem(error)
      // The host has started another one by itself, which every stream has to be asked for again.
      if (problem.value.code === 'ENGINE_PROCESS_LOST')
        void connection.beginAnew()
    }
  }, { immediate: true })

  const find = (id: string): Container | undefined => containers.value.find(container => container.id === id)

  return { containers, at, problem, find }
})
