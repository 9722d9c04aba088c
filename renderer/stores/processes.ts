import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Problem } from '../../shared/model/problem'
import { toProblem, useConnection } from './connection'
import { useLive } from './live'
import { applyTick, NO_ROWS } from './process-rows'

/** On a machine with fewer processes the host looks at all of them, whatever is on screen. */
const MANY = 1000
/** What is on screen is told when scrolling has ended: every telling brings all rows anew. */
const SETTLED_MS = 1500

/** The processes of the container that is live, on both sides, as they are now. Null rows: what a snapshot holds is all that is known. */
export const useProcesses = defineStore('processes', () => {
  const connection = useConnection()
  const live = useLive()
  const rows = shallowRef(NO_ROWS)
  const at = ref<string | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const viewers = ref(0)
  const visible = shallowRef<readonly number[]>([])
  const wanted = computed(() => viewers.value > 0 ? live.wanted : null)
  let settling: ReturnType<typeof setTimeout> | undefined

  watch(() => [wanted.value, connection.client, live.everyMs, visible.value] as const, async ([id, client, everyMs, onScreen], _before, onCleanup) => {
    const stop = new AbortController()
    onCleanup(() => stop.abort())
    if (id === null || !client)
      return
    try {
      for await (const tick of client.stream('processes.watch', { containerId: id, scope: 'host', everyMs, visible: [...onScreen] }, { signal: stop.signal })) {
        rows.value = applyTick(rows.value, tick)
        at.value = tick.at
        problem.value = null
      }
    }
    catch (error) {
      if (!stop.signal.aborted && !connection.isStale)
        problem.value = toProblem(error)
    }
  }, { immediate: true })

  function forget(): void {
    rows.value = NO_ROWS
    at.value = null
    problem.value = null
    visible.value = []
  }
  // Another snapshot is another beginning, and so is another world.
  watch(() => [connection.recording, connection.engineTurn], forget)

  const inside = computed(() => at.value === null ? null : [...rows.value.inside.values()])
  const host = computed(() => at.value === null ? null : [...rows.value.host.values()])

  /** Call in a view's setup, after the live samples of its container were asked for. */
  function show(): void {
    forget()
    viewers.value += 1
    onScopeDispose(() => {
      viewers.value -= 1
      clearTimeout(settling)
    })
  }

  /** The host PIDs that are on screen now. */
  function look(pids: readonly number[]): void {
    clearTimeout(settling)
    if (rows.value.host.size <= MANY)
      return
    settling = setTimeout(() => {
      const onScreen = pids.slice(0, MANY)
      // What was told already is not told again.
      if (onScreen.some(pid => !visible.value.includes(pid)))
        visible.value = onScreen
    }, SETTLED_MS)
  }

  return { inside, host, at, problem, show, look }
})
