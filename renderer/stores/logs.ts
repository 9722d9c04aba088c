import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { type LogBatch, MAX_LOG_LINES } from '../../shared/model/logs'
import type { Problem } from '../../shared/model/problem'
import { toProblem, useConnection } from './connection'
import { type LogRow, withBatch, withTailAgain } from './log-rows'
import { useVisibility } from './visibility'

/** What one container writes. Nothing is asked for while no view shows it, the page is hidden or it is paused. */
export const useLogs = defineStore('logs', () => {
  const connection = useConnection()
  const visibility = useVisibility()
  const rows = shallowRef<readonly LogRow[]>([])
  /** Null: nothing was heard yet, or nothing comes any more. */
  const state = ref<LogBatch['state'] | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const containerId = ref<string | null>(null)
  const viewers = ref(0)
  const isPaused = ref(false)
  const attempt = ref(0)

  const wanted = computed(() => viewers.value > 0 && visibility.isVisible && !isPaused.value && connection.recording === null ? containerId.value : null)

  watch(() => [wanted.value, connection.client, attempt.value] as const, async ([id, client], _before, onCleanup) => {
    const stop = new AbortController()
    onCleanup(() => stop.abort())
    if (id === null || !client)
      return
    try {
      let isFirst = true
      for await (const batch of client.stream('logs.watch', { containerId: id, tail: MAX_LOG_LINES }, { signal: stop.signal })) {
        rows.value = isFirst ? withTailAgain(rows.value, batch) : withBatch(rows.value, batch)
        isFirst &&= batch.lines.length === 0
        state.value = batch.state
        problem.value = batch.problem
      }
    }
    catch (error) {
      if (stop.signal.aborted || connection.isStale)
        return
      state.value = null
      problem.value = toProblem(error)
    }
  }, { immediate: true })

  function forget(): void {
    rows.value = []
    state.value = null
    problem.value = null
    isPaused.value = false
  }
  watch(() => [connection.recording, connection.engineTurn], forget)

  /** Call in a view's setup: what this container writes comes for as long as the view is there. */
  function show(id: string): void {
    if (containerId.value !== id)
      forget()
    containerId.value = id
    viewers.value += 1
    onScopeDispose(() => { viewers.value -= 1 })
  }

  /** After a problem that ended it. */
  function again(): void {
    problem.value = null
    attempt.value += 1
  }

  return { rows, state, problem, isPaused, show, again }
})
