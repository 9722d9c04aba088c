// Takes a snapshot in a process of its own and prints it: node take-snapshot.mjs <container id>
// A test starts it where it cannot go itself: in other namespaces.
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const { module } = await runnerImport(fileURLToPath(new URL('../live/take.ts', import.meta.url)))
process.stdout.write(JSON.stringify(await module.take(process.argv[2])))
