import { defineStore } from 'pinia'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Problem } from '../../shared/model/problem'
import type { ViewAnswer, ViewCommandId } from '../../shared/model/two-views'
import { toProblem, useConnection } from './connection'

/** A fixed command for both sides, or a person's own for the inside. */
export type AskedCommand = { readonly commandId: ViewCommandId } | { readonly argv: readonly string[] }

/** The command that is run in one container, and what came of it: one at a time. */
export const useCommands = defineStore('commands', () => {
  const connection = useConnection()
  const containerId = ref<string | null>(null)
  const asked = shallowRef<AskedCommand | null>(null)
  const answer = shallowRef<ViewAnswer | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const isRunning = ref(false)
  let stop = new AbortController()

  /** Ends what runs; what has come of the one before stays. */
  function end(): void {
    stop.abort()
    isRunning.value = false
  }

  function forget(): void {
    end()
    asked.value = null
    answer.value = null
    problem.value = null
  }
  watch(() => [connection.recording, connection.engineTurn], forget)

  /** Call in a view's setup: what runs is ended when the view is left. */
  function show(id: string): void {
    if (containerId.value !== id)
      forget()
    containerId.value = id
    onScopeDispose(end)
  }

  async function run(command: AskedCommand): Promise<void> {
    const { client } = connection
    const id = containerId.value
    if (!client || id === null)
      return
    end()
    stop = new AbortController()
    const { signal } = stop
    asked.value = command
    answer.value = null
    problem.value = null
    isRunning.value = true
    try {
      const came = await client.call('view.run', { containerId: id, asked: 'argv' in command ? { argv: [...command.argv] } : command }, { signal })
      if (!signal.aborted)
        answer.value = Object.freeze(came)
    }
    catch (error) {
      if (!signal.aborted)
        problem.value = toProblem(error)
    }
    finally {
      if (!signal.aborted)
        isRunning.value = false
    }
  }

  return { asked, answer, problem, isRunning, show, run, end }
})
