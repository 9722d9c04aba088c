import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../../..')

/** The first Electron that takes an ES module as its main file. */
const TAKES_MODULES = 28

export interface Runtime {
  executable: string
  /** What comes before our own arguments on its command line. */
  args: string[]
  version: string
}

/** Chromium refuses to run as root with its sandbox, which every other user has. */
const asRoot = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []

/**
 * The packed application that ISOSCOPE_EXECUTABLE names; else builds what is not up to date, and finds the Electron to run it with.
 * Fails with what to do when there is none.
 */
export async function prepareRuntime(): Promise<Runtime> {
  const packed = process.env['ISOSCOPE_EXECUTABLE']
  return packed ? packedRuntime(packed) : sourceRuntime()
}

/** It must allow `--inspect`, which what is shipped does not: `npm run pack` makes one that does. Its Electron is told beside it. */
const packedRuntime = (executable: string): Runtime => ({
  executable,
  args: asRoot,
  version: readFileSync(join(dirname(executable), 'electron-version.txt'), 'utf8').trim(),
})

async function sourceRuntime(): Promise<Runtime> {
  await run(process.execPath, ['build/build.mjs', '--floor'], { cwd: root })
  const { stdout } = await run('bash', ['build/electron-runtime.sh', '--link', 'out/floor'], { cwd: root })
  const found = new Map(stdout.trim().split('\n').map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]))
  const executable = found.get('executable')
  const version = found.get('electron')
  if (!executable || !version)
    throw new Error(`electron-runtime.sh answered without an executable:\n${stdout}`)
  const application = Number.parseInt(version) >= TAKES_MODULES ? root : resolve(root, 'out/floor')
  return { executable, version, args: [...(found.has('linked') ? [] : [application]), ...asRoot] }
}
