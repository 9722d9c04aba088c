import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { useSnapshot } from './snapshot'

/** The process that is chosen, on whichever side it was chosen, by its `processKey`. */
export const useSelection = defineStore('selection', () => {
  const snapshot = useSnapshot()
  const process = ref<string | null>(null)

  const toggle = (key: string): void => {
    process.value = process.value === key ? null : key
  }
  watch(() => snapshot.containerId, () => { process.value = null })

  return { process, toggle }
})

/** Names a process on both sides: its PID on the host with its start, because PIDs are used again. */
export const processKey = (hostPid: number | null, startedAtTicks: number | null): string =>
  `${hostPid ?? 'unknown'} ${startedAtTicks ?? 'unknown'}`
