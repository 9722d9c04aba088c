// npm run verify:all -- [NAME]…: every situation from every vantage point that a Linux machine can have, or from those of that name or engine.
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const { module } = await runnerImport(fileURLToPath(new URL('verify-all.ts', import.meta.url)))
process.exitCode = await module.verifyAll(process.argv.slice(2), (/** @type {string} */ line) => process.stdout.write(`${line}\n`))
