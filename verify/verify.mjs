// npm run verify: whether what Isoscope tells of this engine's containers is what other programs say.
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const { module: { CannotVerify, verify } } = await /** @type {typeof runnerImport<typeof import('./verify')>} */ (runnerImport)(fileURLToPath(new URL('verify.ts', import.meta.url)))
try {
  process.exitCode = await verify(process.argv.slice(2), (/** @type {string} */ line) => process.stdout.write(`${line}\n`))
}
catch (error) {
  if (!(error instanceof CannotVerify))
    throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
}
