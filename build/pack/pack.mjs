// npm run pack: packs the application for this Linux machine with the Electron that the tests run, checks what was packed, and makes a
// tar.gz and a .deb of it. On an Electron that is too old for the application as users get it, this is a build for the tests alone,
// and every name says so. What users get is made by `npm run package`.
import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { renderIcons } from '../icons/render-icons.mjs'
import { ROOT } from '../launch/build-first.mjs'
import { readConfiguration } from './builder.mjs'
import { fuseFaults, readFuses } from './fuses.mjs'
import { gatherLicences } from './licences.mjs'
import { makeDeb } from './make-deb.mjs'
import { checkContents, packFolder } from './pack-folder.mjs'
import { copyRuntime, findRuntime } from './runtime.mjs'
import { makeInspectable } from './inspectable.mjs'

const run = promisify(execFile)
const OUT = join(ROOT, 'out/packed')
const MB = 1_000_000

try {
  await pack()
}
catch (error) {
  process.stderr.write(`pack: ${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}

async function pack() {
  if (process.platform !== 'linux')
    throw new Error('this packs for Linux, on Linux; npm run package makes the packages of this system')
  await run(process.execPath, ['build/build.mjs', '--floor'], { cwd: ROOT })
  await rm(OUT, { recursive: true, force: true })
  await mkdir(OUT, { recursive: true })
  const [configuration, runtime, icons, licences, { version }] = await Promise.all([readConfiguration(), findRuntime(), renderIcons(), gatherLicences(), packageFacts()])
  await writeFile(join(ROOT, 'out/THIRD_PARTY_LICENSES.txt'), licences.text)
  say(`Electron ${runtime.version}, from ${runtime.from}${runtime.isFloor ? ': a test build on it, not for users' : ''}`)
  say(`licences of ${licences.count} packages, none without one`)

  const dist = join(OUT, 'runtime')
  await copyRuntime(runtime, dist)
  const fuses = await readFuses(join(dist, basename(runtime.executable)))
  const step = { configuration, runtime, dist, fuses, out: OUT }
  say(await checkContents(step))
  const name = runtime.isFloor ? `test-build-on-electron-${runtime.version}` : `isoscope-${version}`
  const folder = await packFolder({ ...step, name })
  await rm(dist, { recursive: true })

  const executable = join(folder, 'isoscope')
  const found = await readFuses(executable)
  // The older Electron lacks some: what it has is as it was wanted, and what it lacks is named.
  const lacking = Object.keys(configuration.electronFuses).filter(fuse => !found.has(fuse))
  const faults = fuseFaults(Object.fromEntries(Object.entries(configuration.electronFuses).filter(([fuse]) => found.has(fuse))), found)
  if (faults.length > 0)
    throw new Error(`the packed program's fuses are wrong: ${faults.join('; ')}`)
  say(`fuses: ${[...found].map(([fuse, state]) => `${fuse} ${state}`).join(', ')}${lacking.length > 0 ? `; not in this Electron: ${lacking.join(', ')}` : ''}`)

  const tar = join(OUT, `${basename(folder)}-linux-x64.tar.gz`)
  const deb = join(OUT, `${basename(folder)}-amd64.deb`)
  await Promise.all([
    run('tar', ['--use-compress-program=gzip -1', '--owner=0', '--group=0', '-cf', tar, '-C', OUT, basename(folder)]),
    makeDeb({
      folder,
      icons,
      version: runtime.isFloor ? `${version}+testbuild.electron${runtime.version}` : version,
      name: runtime.isFloor ? `Isoscope (test build on Electron ${runtime.version})` : 'Isoscope',
      synopsis: runtime.isFloor ? `test build of Isoscope on Electron ${runtime.version}, not for use` : configuration.linux.synopsis,
      maintainer: configuration.linux.maintainer,
      ...configuration.deb,
      licence: join(ROOT, 'LICENSE'),
      to: deb,
    }),
  ])
  const inspectable = await makeInspectable(folder, join(OUT, `inspectable-${basename(folder)}`))
  await writeFile(join(OUT, 'packed.json'), JSON.stringify({ executable, inspectable, tar, deb, electron: runtime.version, fuses: Object.fromEntries(found), lacking }, null, 2))
  await sayPlace('folder', folder, Number.parseInt((await run('du', ['--summarize', '--bytes', folder])).stdout))
  for (const [what, path] of [['asar', join(folder, 'resources/app.asar')], ['tar.gz', tar], ['deb', deb]])
    await sayPlace(what ?? '', path ?? '', (await stat(path ?? '')).size)
  await sayPlace('for tests that look into the main process', dirname(inspectable), null)
}

/**
 * @param {string} what
 * @param {string} path
 * @param {number | null} bytes
 */
async function sayPlace(what, path, bytes) {
  say(`${what}: ${relative(ROOT, path)}${bytes === null ? '' : `, ${(bytes / MB).toFixed(1)} MB`}`)
}

async function packageFacts() {
  return z.object({ version: z.string() }).parse(JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')))
}

function say(/** @type {string} */ line) {
  process.stdout.write(`pack: ${line}\n`)
}
