/** An engine with hundreds of things has others to do than to tell one front end of all of them at once. */
const LINES = 8

/** Asks about each item, one after the other in as many lines as an engine may be asked; null where one could not be asked. */
export async function askInLines<Item, Answer>(items: readonly Item[], ask: (item: Item) => Promise<Answer>, signal: AbortSignal): Promise<(Answer | null)[]> {
  const answers: (Answer | null)[] = items.map(() => null)
  const pending = items.entries()
  await Promise.all(Array.from({ length: LINES }, async () => {
    for (const [index, item] of pending) {
      answers[index] = await ask(item).catch(() => null)
      signal.throwIfAborted()
    }
  }))
  return answers
}
