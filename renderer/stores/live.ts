import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { LiveSample } from '../../shared/model/live'
import type { Problem } from '../../shared/model/problem'
import { toProblem, useConnection } from './connection'
import { usePreferences } from './preferences'

const HOUR_MS = 60 * 60 * 1000

/** Samples of one container for the last hour. Nothing is asked for while no view shows them or the page is hidden. */
export const useLive = defineStore('live', () => {
  const connection = useConnection()
  const preferences = usePreferences()
  const everyMs = computed(() => preferences.preferences.liveEveryMs)
  const samples = shallowRef<readonly LiveSample[]>([])
  const problem = shallowRef<Problem | null>(null)
  const containerId = ref<string | null>(null)
  const viewers = ref(0)
  const isVisible = ref(document.visibilityState === 'visible')

  document.addEventListener('visibilitychange', () => {
    isVisible.value = document.visibilityState === 'visible'
  })

  const wanted = computed(() => viewers.value > 0 && isVisible.value ? containerId.value : null)

  watch(() => [wanted.value, connection.client, everyMs.value] as const, async ([id, client, pauseMs], _before, onCleanup) => {
    const stop = new AbortController()
    onCleanup(() => stop.abort())
    if (id === null || !client)
      return
    try {
      for await (const sample of client.stream('live.watch', { containerId: id, everyMs: pauseMs }, { signal: stop.signal })) {
        samples.value = [...samples.value, sample].slice(-HOUR_MS / pauseMs)
        problem.value = null
      }
    }
    catch (error) {
      if (!stop.signal.aborted && !connection.isStale)
        problem.value = toProblem(error)
    }
  })

  function forget(): void {
    samples.value = []
    problem.value = null
  }
  // What was read in another rhythm would be drawn as gaps.
  watch(() => [connection.recording, connection.engineTurn, everyMs.value], forget)

  /** Call in a view's setup: samples of this container come for as long as the view is there. */
  function show(id: string): void {
    if (containerId.value !== id)
      forget()
    containerId.value = id
    viewers.value += 1
    onScopeDispose(() => { viewers.value -= 1 })
  }

  return { samples, problem, everyMs, show }
})
