// npm run verify: whether what Isoscope tells of this engine's containers is what other programs say.
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const { module } = await runnerImport(fileURLToPath(new URL('verify.ts', import.meta.url)))
process.exitCode = await module.verify(process.argv.slice(2), (/** @type {string} */ line) => process.stdout.write(`${line}\n`))
