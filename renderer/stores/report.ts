import { defineStore } from 'pinia'
import { ref, shallowRef, watch } from 'vue'
import type { ExportedReport, ReportFormat } from '../../shared/contract/contract'
import type { Problem } from '../../shared/model/problem'
import { toProblem, useConnection } from './connection'
import { useSnapshot } from './snapshot'

/** One export at a time: what it ended in stays until the next, or until another snapshot is shown. */
export const useReport = defineStore('report', () => {
  const connection = useConnection()
  const isExporting = ref(false)
  const exported = shallowRef<ExportedReport | null>(null)
  const problem = shallowRef<Problem | null>(null)
  let stop = new AbortController()

  /** Asks the host to write this snapshot; null when it failed or was given up, and `problem` says which. */
  async function start(snapshotId: string, format: ReportFormat, isRedacted: boolean): Promise<ExportedReport | null> {
    forget()
    const { client } = connection
    if (!client)
      return null
    const { signal } = stop
    isExporting.value = true
    try {
      const answer = await client.call('report.export', { snapshotId, format, redact: isRedacted }, { signal })
      exported.value = answer
      return answer
    }
    catch (error) {
      if (!signal.aborted)
        problem.value = toProblem(error)
      return null
    }
    finally {
      if (!signal.aborted)
        isExporting.value = false
    }
  }

  /** Gives up the export that runs, if one does, and what came of the last. */
  function forget(): void {
    stop.abort()
    stop = new AbortController()
    isExporting.value = false
    exported.value = null
    problem.value = null
  }
  watch(() => useSnapshot().snapshot, forget)

  return { isExporting, exported, problem, start, forget }
})
