import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { BuildRequest, ImageWork, LayerProgress } from '../../shared/model/image-work'
import type { Problem } from '../../shared/model/problem'
import { toProblem, useConnection } from './connection'
import { useRunForm } from './run-form'

/** As many lines as are kept of what the engine wrote: the last ones tell why it failed. */
const MOST_LINES = 2000

type Making = { readonly verb: 'pull', readonly reference: string } | { readonly verb: 'build', readonly request: BuildRequest }

/** An image that is fetched or built: one at a time, and it goes on while other pages are shown. */
export const useImageMaking = defineStore('image-making', () => {
  const connection = useConnection()
  const form = useRunForm()
  const making = shallowRef<Making | null>(null)
  const isGoing = shallowRef(false)
  const lines = shallowRef<readonly string[]>([])
  /** Lines that were written and are not among these. */
  const missedLines = shallowRef(0)
  const layers = shallowRef<readonly LayerProgress[]>([])
  const imageId = shallowRef<string | null>(null)
  const problem = shallowRef<Problem | null>(null)
  let stop = new AbortController()

  const isPulling = computed(() => isGoing.value && making.value?.verb === 'pull')
  const isBuilding = computed(() => isGoing.value && making.value?.verb === 'build')

  /** Gives up what goes on: the engine ends it. What has come of it stays to be read. */
  function end(): void {
    stop.abort()
    isGoing.value = false
  }
  watch(() => connection.engineTurn, () => {
    end()
    making.value = null
  })

  function take(work: ImageWork): void {
    const all = [...lines.value, ...work.lines]
    missedLines.value += work.missedLines + Math.max(0, all.length - MOST_LINES)
    lines.value = all.slice(-MOST_LINES)
    layers.value = work.layers
    imageId.value = work.imageId
  }

  /** One that goes on is given up. */
  async function make(next: Making): Promise<void> {
    const { client } = connection
    if (!client)
      return
    end()
    stop = new AbortController()
    const { signal } = stop
    making.value = next
    lines.value = []
    missedLines.value = 0
    layers.value = []
    imageId.value = null
    problem.value = null
    isGoing.value = true
    try {
      const work = next.verb === 'pull'
        ? client.stream('image.pull', { reference: next.reference }, { signal })
        : client.stream('image.build', next.request, { signal })
      for await (const item of work)
        take(item)
      await form.look()
      if (!signal.aborted && next.verb === 'build' && imageId.value !== null)
        form.type('image', next.request.tag || imageId.value)
    }
    catch (error) {
      if (!signal.aborted)
        problem.value = toProblem(error)
    }
    finally {
      if (!signal.aborted)
        isGoing.value = false
    }
  }

  return { making, isGoing, isPulling, isBuilding, lines, missedLines, layers, imageId, problem, make, end }
})
