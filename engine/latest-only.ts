/**
 * Turns a producer that must never wait into a stream: a reader that is slower gets only the newest item. The producer's
 * signal aborts when the caller's does and when the reader leaves; its failure is thrown to the reader.
 */
export async function* latestOnly<T>(outer: AbortSignal, produce: (show: (item: T) => void, signal: AbortSignal) => Promise<void>): AsyncGenerator<T> {
  const stop = new AbortController()
  let newest: { item: T } | undefined
  let ended: { error?: unknown } | undefined
  let wake = (): void => {}
  const onAbort = (): void => {
    stop.abort()
    wake()
  }
  outer.addEventListener('abort', onAbort, { once: true })
  if (outer.aborted)
    onAbort()
  const running = produce((item) => {
    newest = { item }
    wake()
  }, stop.signal).then(() => { ended = {} }, (error: unknown) => { ended = { error } }).finally(() => wake())
  try {
    while (!stop.signal.aborted) {
      if (newest) {
        const { item } = newest
        newest = undefined
        yield item
        continue
      }
      if (ended) {
        if ('error' in ended)
          throw ended.error
        return
      }
      await new Promise<void>((resolve) => { wake = resolve })
    }
  }
  finally {
    stop.abort()
    outer.removeEventListener('abort', onAbort)
    await running
  }
}
