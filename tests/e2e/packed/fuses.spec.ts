import { execFileSync, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { parse } from 'yaml'
import { expect, test } from './packed-app'

/** The switches that @electron/fuses' own program reads, as electron-builder's configuration names them; it has no name for the newest one. */
const readBack = (executable: string): Record<string, boolean> => {
  const text = execFileSync('node_modules/.bin/electron-fuses', ['read', '--app', executable], { encoding: 'utf8', env: { ...process.env, FORCE_COLOR: '0' } })
  return Object.fromEntries([...text.matchAll(/^\s*(\w+) is (Enabled|Disabled)$/gm)]
    .filter(([, name]) => name !== 'undefined')
    .map(([, name = '', state]) => [`${name[0]?.toLowerCase()}${name.slice(1)}`, state === 'Enabled']))
}

test('every fuse of this Electron is as the configuration has it', ({ packed }) => {
  const wanted = Object.entries(parse(readFileSync('build/electron-builder.yml', 'utf8')).electronFuses).filter(([name]) => !packed.lacking.includes(name))
  expect(wanted.length).toBeGreaterThanOrEqual(7)
  expect(readBack(packed.executable)).toEqual(Object.fromEntries(wanted))
  expect(readBack(packed.inspectable)).toEqual({ ...Object.fromEntries(wanted), enableNodeCliInspectArguments: true })
})

test('cannot be run as Node.js', async ({ start, folder }) => {
  const proof = join(folder, 'ran-as-node')
  const { page } = await start({ env: { ELECTRON_RUN_AS_NODE: '1' }, args: ['-e', `require("fs").writeFileSync(${JSON.stringify(proof)}, "")`] })
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(existsSync(proof)).toBe(false)
})

test('NODE_OPTIONS loads nothing into it', async ({ start, folder }) => {
  const [proof, script] = [join(folder, 'was-loaded'), join(folder, 'load.cjs')]
  writeFileSync(script, `require("fs").writeFileSync(${JSON.stringify(proof)}, "")`)
  const env = { NODE_OPTIONS: `--require=${script}` }
  const { page } = await start({ env })
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(existsSync(proof)).toBe(false)
  // The same words do load it into a Node.js, so they are the right ones.
  spawnSync(process.execPath, ['-e', '0'], { env: { ...process.env, ...env } })
  expect(existsSync(proof)).toBe(true)
})

test('nobody can look into its main process, by --inspect or by SIGUSR1', async ({ start, packed }) => {
  const { page, process: child, stderr } = await start({ args: ['--inspect=0'] })
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  // Node.js would open its debugger on this signal. Without it the signal does what it does to every program: it ends Electron 22.
  child.kill('SIGUSR1')
  await Promise.race([once(child, 'exit'), page.reload().catch(() => {})])
  expect(stderr()).not.toContain('Debugger listening')

  const open = await start({ executable: packed.inspectable, args: ['--inspect=0'] })
  expect(open.stderr()).toContain('Debugger listening')
})

test('takes no application but its asar', async ({ start, packed, folder }) => {
  const copy = join(folder, 'application')
  // Links where they can be made: nothing of it is written to.
  execFileSync('cp', ['--recursive', '--no-dereference', '--reflink=auto', dirname(packed.executable), copy])
  const app = join(copy, 'resources/app')
  mkdirSync(app)
  const proof = join(folder, 'other-application')
  writeFileSync(join(app, 'package.json'), '{ "name": "other", "main": "main.js" }')
  writeFileSync(join(app, 'main.js'), `require("fs").writeFileSync(${JSON.stringify(proof)}, "")`)
  const { page } = await start({ executable: join(copy, basename(packed.executable)) })
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(existsSync(proof)).toBe(false)
})
