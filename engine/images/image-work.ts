import { setTimeout as wait } from 'node:timers/promises'
import type { ImageWork, LayerProgress } from '../../shared/model/image-work'
import { latestOnly } from '../latest-only'
import type { ImageMessage } from '../parse/docker-image-message'
import { logText } from '../parse/log-text'

/** Lines that wait for a slow reader, and characters of one. */
const MOST_LINES = 2000
const LONGEST_LINE = 16_384
/** No image has more layers (moby, layer/layer_store.go: 125); a registry may say what it likes. */
const MOST_LAYERS = 500
/** A person reads no faster; a burst of messages comes in one item. */
const SETTLE_MS = 50

/** What an engine tells while it works on an image, kept for whoever reads it. */
export interface WorkDesk {
  readonly tell: (message: ImageMessage) => void
}

/**
 * Reads what the engine tells as fast as it does, whatever the reader does; lines that are too many for the reader are dropped from the oldest
 * on, and counted. `work` gives the image's id at its end. Throws what `work` throws, after the lines that came before.
 */
export async function* imageWork(signal: AbortSignal, work: (desk: WorkDesk, signal: AbortSignal) => Promise<string>): AsyncGenerator<ImageWork> {
  const layers = new Map<string, LayerProgress>()
  let lines: string[] = []
  let missedLines = 0
  let begun = ''
  let imageId: string | null = null
  let failure: { error: unknown } | null = null

  function addLine(line: string): void {
    lines.push(logText(Buffer.from(line.replace(/\r$/, ''))))
    if (lines.length > MOST_LINES) {
      lines.shift()
      missedLines += 1
    }
  }

  function tell({ stream, status, id, progressDetail }: ImageMessage): void {
    if (stream !== undefined) {
      const [first = '', ...others] = (begun + stream).split('\n')
      const whole = [first, ...others]
      begun = (whole.pop() ?? '').slice(0, LONGEST_LINE)
      whole.forEach(line => addLine(line.slice(0, LONGEST_LINE)))
    }
    else if (status !== undefined && id !== undefined && (layers.has(id) || layers.size < MOST_LAYERS) && /^[0-9a-f]{12}$/.test(id)) {
      layers.set(id, { id, status: logText(Buffer.from(status)), currentBytes: progressDetail?.current ?? null, totalBytes: progressDetail?.total ?? null })
    }
    else if (status !== undefined) {
      addLine(status.slice(0, LONGEST_LINE))
    }
  }

  function take(): ImageWork {
    const item = { lines, missedLines, layers: [...layers.values()], imageId }
    lines = []
    missedLines = 0
    return item
  }

  const changes = latestOnly<() => ImageWork>(signal, async (show, stopped) => {
    try {
      imageId = await work({ tell: (message) => {
        tell(message)
        show(take)
      } }, stopped)
    }
    catch (error) {
      failure = { error }
    }
    if (begun !== '')
      addLine(begun)
    show(take)
  })
  for await (const changed of changes) {
    await wait(SETTLE_MS, undefined, { signal }).catch(() => {})
    yield changed()
  }
  thrown(failure)
}

function thrown(failure: { error: unknown } | null): void {
  if (failure !== null)
    throw failure.error
}
