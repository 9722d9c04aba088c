import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { extractAll } from '@electron/asar'
import { asarFaults, readAsar } from './asar-contents.mjs'
import { buildFolder } from './builder.mjs'
import { fusesFor } from './fuses.mjs'
import { runtimePackages } from './licences.mjs'

const run = promisify(execFile)

/**
 * @typedef {object} Step
 * @property {Awaited<ReturnType<typeof import('./builder.mjs').readConfiguration>>} configuration
 * @property {import('./runtime.mjs').Runtime} runtime
 * @property {string} dist an unpacked Electron
 * @property {Map<string, string>} fuses those that it has
 * @property {string} out the folder for all that is packed
 */

/**
 * Packs the application as users get it and looks at what came into its asar; throws with what should not be there. The folder is not
 * kept: on an older Electron it would not start.
 * @param {Step} step
 * @returns {Promise<string>} what was found, in words
 */
export async function checkContents(step) {
  const folder = await build(step, 'contents', { files: step.configuration['files'] })
  const contents = readAsar(join(folder, 'resources/app.asar'))
  const faults = asarFaults(contents, await runtimePackages())
  if (faults.length > 0)
    throw new Error(`${faults.length} things are in the asar that should not be:\n  ${faults.slice(0, 20).join('\n  ')}`)
  await loadPackages(join(folder, 'resources/app.asar'), join(step.out, 'loaded'))
  await rm(folder, { recursive: true })
  return `the application as users get it: ${contents.paths.length} entries, ${contents.packages.length} packages, no dev dependency, no source map; its packages load`
}

/**
 * Loads, in this Node.js, the packages that the main process names, as they lie in the asar: whatever `files` left out of one of them
 * would be missed here, not by a user.
 * @param {string} asar
 * @param {string} to
 */
async function loadPackages(asar, to) {
  extractAll(asar, to)
  const scripts = (await readdir(join(to, 'out/main'))).filter(name => name.endsWith('.js'))
  const texts = await Promise.all(scripts.map(name => readFile(join(to, 'out/main', name), 'utf8')))
  const names = new Set(texts.flatMap(text => [...text.matchAll(/^import\b.*?from ["']([^."'][^"']*)["']/gm)].map(([, name = '']) => name)))
  const load = [...names].filter(name => name !== 'electron' && !name.startsWith('node:')).map(name => `await import(${JSON.stringify(name)})`)
  if (load.length === 0)
    throw new Error('the main process loads no package at all: look for its imports in another way')
  await run(process.execPath, ['--input-type=module', '--eval', load.join('\n')], { cwd: to })
  await rm(to, { recursive: true })
}

/**
 * Packs what runs on this Electron.
 * @param {Step & { name: string }} step
 * @returns {Promise<string>} the folder
 */
export async function packFolder(step) {
  const folder = await build(step, step.name, step.runtime.isFloor ? FLOOR : {})
  await writeFile(join(folder, 'electron-version.txt'), `${step.runtime.version}\n`)
  return folder
}

/** The application for the oldest Electron has its dependencies bundled. */
const FLOOR = {
  directories: { app: 'out/floor', output: 'out/packed/work' },
  files: ['main/**', 'preload/**', 'renderer/**', 'package.json', '!**/*.map', '!node_modules/**'],
  extraMetadata: { description: 'test build', author: 'The Isoscope founders' },
}

/**
 * @param {Step} step
 * @param {string} name
 * @param {object} changes
 */
async function build({ configuration, runtime, dist, fuses, out }, name, changes) {
  const work = join(out, 'work')
  await mkdir(work, { recursive: true })
  await buildFolder({
    ...configuration,
    directories: { ...Object(configuration['directories']), output: 'out/packed/work' },
    ...changes,
    electronDist: dist,
    electronVersion: runtime.version,
    electronFuses: fusesFor(configuration.electronFuses, fuses),
  }, join(work, 'electron-builder.json'))
  const folder = join(out, name)
  await rename(join(work, 'linux-unpacked'), folder)
  await rm(work, { recursive: true })
  return folder
}
