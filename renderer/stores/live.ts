import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { LiveSample } from '../../shared/model/live'
import type { Problem } from '../../shared/model/problem'
import { toProblem, useConnection } from './connection'
import { usePreferences } from './preferences'
import { useVisibility } from './visibility'

const HOUR_MS = 60 * 60 * 1000

/** Samples of one container for the last hour. Nothing is asked for while no view shows them, the page is hidden or they are paused. */
export const useLive = defineStore('live', () => {
  const connection = useConnection()
  const preferences = usePreferences()
  const everyMs = computed(() => preferences.preferences.liveEveryMs)
  const samples = shallowRef<readonly LiveSample[]>([])
  const problem = shallowRef<Problem | null>(null)
  const containerId = ref<string | null>(null)
  const viewers = ref(0)
  const visibility = useVisibility()
  const isPaused = ref(false)

  /** The container of which everything that moves is asked for now. */
  const wanted = computed(() => viewers.value > 0 && visibility.isVisible && !isPaused.value ? containerId.value : null)

  watch(() => [wanted.value, connection.client, everyMs.value] as const, async ([id, client, pauseMs], _before, onCleanup) => {
    const stop = new AbortController()
    onCleanup(() => stop.abort())
    if (id === null || !client)
      return
    try {
      let isFirst = true
      for await (const more of client.stream('live.watch', { containerId: id, everyMs: pauseMs }, { signal: stop.signal })) {
        // The host begins with all that it saw in the last hour, which holds what this page had.
        samples.value = lastHour(isFirst && more.length > 0 ? more : [...samples.value, ...more])
        isFirst = false
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
  watch(() => [connection.recording, connection.engineTurn], forget)

  /** Call in a view's setup: samples of this container come for as long as the view is there. */
  function show(id: string): void {
    if (containerId.value !== id)
      forget()
    containerId.value = id
    viewers.value += 1
    onScopeDispose(() => { viewers.value -= 1 })
  }

  return { samples, problem, everyMs, isPaused, wanted, show }
})

/** Without what is older, and what a clock that was put back calls the future: it has no place on the axis any more. */
function lastHour(samples: readonly LiveSample[]): readonly LiveSample[] {
  const now = Date.parse(samples.at(-1)?.at ?? '')
  const isOfIt = ({ at }: LiveSample): boolean => Date.parse(at) >= now - HOUR_MS && Date.parse(at) <= now
  return samples.every(isOfIt) ? samples : samples.filter(isOfIt)
}
