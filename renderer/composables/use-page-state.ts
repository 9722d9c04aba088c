import { computed, watch } from 'vue'
import { useRoute } from 'vue-router'
import type { PageState } from '../../shared/contract/contract'
import type { Engine } from '../../shared/model/engine'
import { clipText } from '../../shared/text/clip-text'
import { visibleText } from '../../shared/text/visible-text'
import { useConnection } from '../stores/connection'
import { useReport } from '../stores/report'
import { useSnapshot } from '../stores/snapshot'

/** In characters; what a window's title or a menu can show of a name. */
const LONGEST_NAME = 120

/** Keeps the document's title, and tells the host what its window can show of the page. Call it once, in the page's root. */
export function usePageState(): void {
  const connection = useConnection()
  const snapshot = useSnapshot()
  const report = useReport()
  const route = useRoute()

  const title = computed(() => [snapshot.snapshot?.container.name, route.meta.title, 'Isoscope']
    .filter(part => typeof part === 'string')
    .map(visibleText)
    .join(' · '))
  watch(title, (text) => { document.title = text }, { immediate: true })

  const state = computed((): PageState => ({
    title: clipText(title.value, LONGEST_NAME),
    container: snapshot.snapshot && { id: snapshot.snapshot.container.id, name: clipText(visibleText(snapshot.snapshot.container.name), LONGEST_NAME) },
    isRecording: connection.recording !== null,
    isBusy: snapshot.isTaking || report.isExporting,
    engine: connection.recording || !connection.engineStatus?.engine ? null : stateOf(connection.engineStatus.engine),
  }))
  // As text, because a computed object is another one also when all in it is the same.
  watch(() => [connection.hostClient, JSON.stringify(state.value)] as const, ([client]) => {
    // A host that is gone shows nothing any more; the one that comes is told anew.
    client?.call('host.showState', state.value).catch(() => {})
  }, { immediate: true, flush: 'post' })
}

const stateOf = ({ product, version, apiVersion, endpoint }: Engine): PageState['engine'] =>
  ({ words: clipText(visibleText(`${product} ${version}, API ${apiVersion}`), LONGEST_NAME), address: endpoint.address })
