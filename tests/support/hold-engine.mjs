// Reaches the engine that the environment names, says so on standard output, and stays connected until it is killed.
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const { module } = await runnerImport(fileURLToPath(new URL('../live/take.ts', import.meta.url)))
const lists = module.testService().handlers['containers.watch']({}, { signal: new AbortController().signal })
for await (const list of lists)
  process.stdout.write(`${list.containers.length}\n`)
