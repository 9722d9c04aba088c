// Prints what is heard of a container, a JSON text in a line: lists of containers, and its samples, by the procfs that is named.
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const [, , containerId, procRoot] = process.argv
const { module } = await runnerImport(fileURLToPath(new URL('../live/take.ts', import.meta.url)))
const { handlers } = module.testService({ procRoot })
const { signal } = new AbortController()
/** @param {AsyncIterable<unknown>} items */
async function print(items) {
  for await (const item of items)
    process.stdout.write(`${JSON.stringify(item)}\n`)
}
await Promise.all([print(handlers['containers.watch']({}, { signal })), print(handlers['live.watch']({ containerId, everyMs: 500 }, { signal }))])
