import { defineStore } from 'pinia'
import { ref, shallowRef, watch } from 'vue'
import type { Problem } from '../../shared/model/problem'
import type { Snapshot } from '../../shared/model/snapshot'
import { toProblem, useConnection } from './connection'

/** The one snapshot that is on the page, frozen. Another container's is taken away before the next is asked for. */
export const useSnapshot = defineStore('snapshot', () => {
  const connection = useConnection()
  const containerId = ref<string | null>(null)
  const snapshot = shallowRef<Snapshot | null>(null)
  /** The same container as it was read the time before; null: it was read once. */
  const before = shallowRef<Snapshot | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const isTaking = ref(false)
  let stop = new AbortController()

  async function take(): Promise<void> {
    const { client } = connection
    stop.abort()
    if (!client || containerId.value === null)
      return
    stop = new AbortController()
    const { signal } = stop
    isTaking.value = true
    problem.value = null
    try {
      const taken = await client.call('snapshot.take', { containerId: containerId.value }, { signal })
      before.value = snapshot.value
      snapshot.value = Object.freeze(taken)
    }
    catch (error) {
      if (!signal.aborted)
        problem.value = toProblem(error)
    }
    finally {
      if (!signal.aborted)
        isTaking.value = false
    }
  }

  /** Shows this container: what another one left is cleared first, what was read of this one stays. */
  async function open(id: string): Promise<void> {
    if (containerId.value === id && (snapshot.value || isTaking.value))
      return
    clear()
    containerId.value = id
    await take()
  }

  function clear(): void {
    stop.abort()
    containerId.value = null
    snapshot.value = null
    before.value = null
    problem.value = null
    isTaking.value = false
  }

  // Another recording, or the way back to the host, is another world: the same id may mean another instant.
  watch(() => connection.recording, async () => {
    const id = containerId.value
    clear()
    if (id !== null)
      await open(id)
  })
  // A container of another engine is another container, also where the ids are the same.
  watch(() => connection.engineTurn, () => {
    if (!connection.recording)
      clear()
  })
  return { containerId, snapshot, before, problem, isTaking, open, take, clear }
})
