import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'
import { ROOT } from '../launch/build-first.mjs'

const Configuration = z.looseObject({
  electronFuses: z.record(z.string(), z.boolean()),
  deb: z.object({ depends: z.array(z.string()), recommends: z.array(z.string()) }),
  linux: z.looseObject({ maintainer: z.string(), synopsis: z.string() }),
})

/** The configuration of the packages that users get. */
export async function readConfiguration() {
  return Configuration.parse(parse(await readFile(join(ROOT, 'build/electron-builder.yml'), 'utf8')))
}

/**
 * Runs electron-builder for this machine's kind of unpacked folder; throws with its words when it fails.
 * @param {object} configuration
 * @param {string} file where it is written for electron-builder to read
 */
export async function buildFolder(configuration, file) {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, JSON.stringify(configuration, null, 2))
  const child = spawn(process.execPath, [fileURLToPath(import.meta.resolve('electron-builder/cli.js')), '--dir', '--publish', 'never', '--config', file], {
    cwd: ROOT,
    env: { ...process.env, CSC_IDENTITY_AUTO_DISCOVERY: 'false' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  /** @type {Buffer[]} */
  const said = []
  child.stdout.on('data', chunk => said.push(chunk))
  child.stderr.on('data', chunk => said.push(chunk))
  const [code] = await once(child, 'close')
  if (code !== 0)
    throw new Error(`electron-builder failed (exit code ${code}):\n${Buffer.concat(said)}`)
}
