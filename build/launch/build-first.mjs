import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The checkout's own folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Builds what changed, and says nothing unless it fails: stdout belongs to the program that runs next.
 * @returns {Promise<boolean>} whether there is a build to run
 */
export function buildFirst() {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['build/build.mjs'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
    let words = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => { words += text })
    child.on('error', reject)
    child.on('close', (code) => {
      if (code !== 0)
        process.stderr.write(`${words}The build failed.\n`)
      resolve(code === 0)
    })
  })
}
