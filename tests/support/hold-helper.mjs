// Starts a helper container in a process of its own, prints its id, and holds it until it is killed itself: node hold-helper.mjs
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const { module } = await runnerImport(fileURLToPath(new URL('./helper.ts', import.meta.url)))
const { id } = await module.openTestHelper()
process.stdout.write(`${id}\n`)
