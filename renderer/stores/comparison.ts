import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { readSnapshotFile } from '../client/open-recording'
import type { Problem } from '../../shared/model/problem'
import type { Snapshot } from '../../shared/model/snapshot'
import { toProblem, useConnection } from './connection'
import { useSnapshot } from './snapshot'

/** What the container on the page is compared with. `before`: itself, as it was read the time before. */
export type Other =
  | { readonly kind: 'before' }
  | { readonly kind: 'container', readonly id: string }
  | { readonly kind: 'file', readonly file: File }

/** The other of two that are compared; the first is the snapshot on the page. One is read at a time, and the last that was chosen counts. */
export const useComparison = defineStore('comparison', () => {
  const connection = useConnection()
  const own = useSnapshot()
  const other = shallowRef<Other | null>(null)
  const read = shallowRef<Snapshot | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const isReading = ref(false)
  let stop = new AbortController()

  /** Null: nothing is chosen, or it is not read. */
  const snapshot = computed(() => other.value?.kind === 'before' ? own.before : read.value)

  /** Reads it; also the "try again" of what is chosen. */
  async function choose(chosen: Other): Promise<void> {
    forget()
    other.value = chosen
    if (chosen.kind === 'before')
      return
    const { signal } = stop
    isReading.value = true
    try {
      const found = await readOther(chosen, signal)
      if (!signal.aborted)
        read.value = Object.freeze(found)
    }
    catch (error) {
      if (!signal.aborted)
        problem.value = toProblem(error)
    }
    finally {
      if (!signal.aborted)
        isReading.value = false
    }
  }

  async function readOther(chosen: Exclude<Other, { kind: 'before' }>, signal: AbortSignal): Promise<Snapshot> {
    if (chosen.kind === 'file')
      return readSnapshotFile(chosen.file)
    const { client } = connection
    if (!client)
      throw new Error('a container was chosen while nobody could be asked')
    return client.call('snapshot.take', { containerId: chosen.id }, { signal })
  }

  function forget(): void {
    stop.abort()
    stop = new AbortController()
    other.value = null
    read.value = null
    problem.value = null
    isReading.value = false
  }
  // Another container, engine or recording on the page is another comparison.
  watch(() => [own.containerId, connection.recording, connection.engineTurn], forget)

  return { other, snapshot, problem, isReading, choose, forget }
})
