/**
 * Does the same with each item, two at a time: most of it is waiting for other programs. Each lane begins nothing more after a failure, which
 * is thrown when both have ended, or after `signal` was aborted.
 */
export async function inLanes<Item>(items: readonly Item[], signal: AbortSignal, act: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items]
  const failures: unknown[] = []
  const lane = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined && failures.length === 0 && !signal.aborted; item = left.shift()) {
      try {
        await act(item)
      }
      catch (error) {
        failures.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: 2 }, lane))
  signal.throwIfAborted()
  if (failures.length > 0)
    throw failures[0]
}
