import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'
import type { ListedContainer } from '../../shared/model/container'
import type { Problem } from '../../shared/model/problem'
import { toProblem, useConnection } from './connection'
import { useVisibility } from './visibility'

/** The engine's containers, live: the stream begins anew with every new client, and when the page is hidden or seen again. */
export const useContainers = defineStore('containers', () => {
  const connection = useConnection()
  const visibility = useVisibility()
  const containers = shallowRef<readonly ListedContainer[]>([])
  /** When the list was read; null: nothing was heard yet from whom we ask now. */
  const at = shallowRef<string | null>(null)
  const problem = shallowRef<Problem | null>(null)

  watch(() => [connection.client, connection.recording, connection.engineTurn, visibility.isVisible] as const, async ([client, recording, turn, isVisible], before, onCleanup) => {
    const stop = new AbortController()
    onCleanup(() => stop.abort())
    if (recording !== before?.[1] || turn !== before[2]) {
      containers.value = []
      at.value = null
      problem.value = null
    }
    if (!client)
      return
    try {
      for await (const list of client.stream('containers.watch', isVisible ? {} : { isUnseen: true }, { signal: stop.signal })) {
        containers.value = Object.freeze(list.containers)
        at.value = list.at
        problem.value = list.problem
      }
    }
    catch (error) {
      if (stop.signal.aborted || connection.isStale)
        return
      const { code } = problem.value = toProblem(error)
      // Another page of the same host has chosen another engine.
      if (code === 'ENGINE_SWITCHED')
        void connection.changeEngine(async () => {})
      // The host has started another one by itself, which every stream has to be asked for again.
      if (code === 'ENGINE_PROCESS_LOST')
        void connection.beginAnew()
    }
  }, { immediate: true })

  const find = (id: string): ListedContainer | undefined => containers.value.find(container => container.id === id)

  return { containers, at, problem, find }
})
