// Builds the desktop, the page and the command line into out/, unless what is there is as new as its sources.
//   node build/build.mjs [--floor]   --floor: also the desktop for Electron 22, which its tests run
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const SOURCES = ['electron', 'engine', 'helper', 'shared', 'renderer', 'cli', 'build/build.mjs', 'electron.vite.config.ts', 'vite.cli.config.ts', 'package.json', 'package-lock.json']

/**
 * @typedef {object} Target
 * @property {string} name
 * @property {string} stamp holds what the sources were like when it was built
 * @property {string[]} yields
 * @property {() => Promise<unknown>} build
 */

/** @type {Target} */
const APPLICATION = {
  name: 'application',
  stamp: 'out/built',
  yields: ['out/main/index.js', 'out/main/engine.js', 'out/preload/index.cjs', 'out/renderer/index.html', 'out/cli/isoscope.js'],
  build: () => allOf([
    run('electron-vite', ['build', '--logLevel', 'warn']),
    run('vite', ['build', '--config', 'vite.cli.config.ts', '--logLevel', 'warn']),
  ]),
}

/** @type {Target} */
const FLOOR = {
  name: 'desktop for Electron 22',
  stamp: 'out/floor/built',
  yields: ['out/floor/main/index.cjs', 'out/floor/main/engine.cjs', 'out/floor/preload/index.cjs', 'out/floor/renderer/index.html', 'out/floor/package.json'],
  build: async () => {
    // Not 'warn': it would say that this configuration has no page, which is copied from the application's.
    await rm(join(root, 'out/floor/main'), { recursive: true, force: true })
    await allOf(['index', 'engine'].map(program => run('electron-vite', ['build', '--logLevel', 'error'], { ISOSCOPE_ELECTRON_FLOOR: program })))
    for (const part of ['preload', 'renderer']) {
      await rm(join(root, 'out/floor', part), { recursive: true, force: true })
      await cp(join(root, 'out', part), join(root, 'out/floor', part), { recursive: true })
    }
    const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
    await writeFile(join(root, 'out/floor/package.json'), JSON.stringify({ name, version, main: 'main/index.cjs' }))
  },
}

const unknown = process.argv.slice(2).filter(argument => argument !== '--floor')
if (unknown.length > 0) {
  console.error(`build: unknown argument ${unknown.join(' ')}; only --floor is known`)
  process.exit(2)
}
try {
  const sources = await fingerprint()
  for (const target of process.argv.includes('--floor') ? [APPLICATION, FLOOR] : [APPLICATION])
    await bringUpToDate(target, sources)
}
catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

/**
 * @param {Target} target
 * @param {string} sources
 */
async function bringUpToDate(target, sources) {
  const stamp = join(root, target.stamp)
  const built = await readFile(stamp, 'utf8').catch(() => '')
  if (built === sources && (await missing(target)).length === 0)
    return
  const startedAt = performance.now()
  await rm(stamp, { force: true })
  await target.build()
  const absent = await missing(target)
  if (absent.length > 0)
    throw new Error(`build: the ${target.name} was built without ${absent.join(', ')}`)
  await mkdir(join(stamp, '..'), { recursive: true })
  await writeFile(stamp, sources)
  console.error(`build: ${target.name} built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
}

/** @param {Target} target */
async function missing(target) {
  const found = await Promise.all(target.yields.map(path => stat(join(root, path)).then(() => true, () => false)))
  return target.yields.filter((_path, index) => !found[index])
}

/**
 * Like Promise.all, but waits for the rest when one fails, and then says what was wrong with each.
 * @param {Promise<unknown>[]} promises
 */
async function allOf(promises) {
  const failures = (await Promise.allSettled(promises)).flatMap(result => result.status === 'rejected' ? [result.reason.message] : [])
  if (failures.length > 0)
    throw new Error(failures.join('\n\n'))
}

/** Changes when any source is added, removed, renamed or written. */
async function fingerprint() {
  const lines = (await Promise.all(SOURCES.map(source => describe(source)))).flat()
  return createHash('sha256').update(lines.join('\n')).digest('hex')
}

/**
 * @param {string} path
 * @returns {Promise<string[]>}
 */
async function describe(path) {
  const found = await stat(join(root, path))
  if (!found.isDirectory())
    return [`${path} ${found.mtimeMs} ${found.size}`]
  const names = (await readdir(join(root, path))).sort()
  return (await Promise.all(names.map(name => describe(`${path}/${name}`)))).flat()
}

/**
 * Runs one of the project's own tools; what it said is shown in full when it fails, and its warnings always.
 * @param {string} tool
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
async function run(tool, args, env = {}) {
  const child = spawn(process.execPath, [join(root, 'node_modules', tool, 'bin', `${tool}.js`), ...args], { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  /** @type {Buffer[]} */
  const said = []
  child.stdout.on('data', chunk => said.push(chunk))
  child.stderr.on('data', chunk => said.push(chunk))
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  const text = Buffer.concat(said).toString().trim()
  if (code !== 0)
    throw new Error(`${text}\nbuild: ${tool} ${args.join(' ')} failed (exit code ${code})`)
  if (text !== '')
    console.error(text)
}
