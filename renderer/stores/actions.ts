import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { DoneAction, Intent } from '../../shared/model/action'
import type { Problem } from '../../shared/model/problem'
import { toProblem, useConnection } from './connection'
import { useSnapshot } from './snapshot'

/** What is done to containers here: one intent at a time, confirmed before anything happens, and the list of what was done. */
export const useActions = defineStore('actions', () => {
  const connection = useConnection()
  const snapshot = useSnapshot()
  /** This host does what a person asks for. */
  const isOffered = computed(() => connection.host?.abilities.includes('actions') === true && connection.recording === null)
  const intent = shallowRef<Intent | null>(null)
  /** What was confirmed last and is not answered yet; the question about it may be closed, and another one put. */
  const acting = shallowRef<Intent | null>(null)
  const isActing = computed(() => intent.value !== null && acting.value === intent.value)
  const problem = shallowRef<Problem | null>(null)
  const done = shallowRef<readonly DoneAction[]>([])

  watch(() => connection.hostClient, async (client, _before, onCleanup) => {
    const stop = new AbortController()
    onCleanup(() => stop.abort())
    done.value = []
    if (!client)
      return
    try {
      for await (const actions of client.stream('actions.watch', {}, { signal: stop.signal }))
        done.value = Object.freeze(actions)
    }
    catch {
      // The connection says itself that it was lost; the list comes with the next one.
    }
  }, { immediate: true })

  function propose(next: Intent): void {
    problem.value = null
    intent.value = next
  }

  /** Closes the question. What has begun goes on. */
  function dismiss(): void {
    intent.value = null
    problem.value = null
  }

  /** Does what was confirmed, closes the question, and reads the container again where it is on the page. */
  async function confirm(): Promise<void> {
    const { client } = connection
    const confirmed = intent.value
    if (!client || !confirmed || isActing.value)
      return
    acting.value = confirmed
    problem.value = null
    try {
      await client.call('container.act', { containerId: confirmed.container.id, verb: confirmed.verb })
      if (intent.value === confirmed)
        dismiss()
      if (snapshot.containerId === confirmed.container.id && confirmed.verb !== 'rm')
        void snapshot.take()
    }
    catch (error) {
      if (intent.value === confirmed)
        problem.value = toProblem(error)
    }
    finally {
      if (acting.value === confirmed)
        acting.value = null
    }
  }

  return { isOffered, intent, isActing, problem, done, propose, dismiss, confirm }
})
