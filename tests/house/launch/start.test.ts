import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type ProgramFolder, createProgramFolder, workingElectron } from './fake-electron'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const asRoot = process.platform === 'linux' && process.getuid?.() === 0 ? '--no-sandbox ' : ''

let folder: ProgramFolder
let child: ChildProcessByStdio<null, Readable, Readable> | undefined
beforeEach(() => { folder = createProgramFolder() })
afterEach(async () => {
  // Asked to end, not killed: it takes what it started with it.
  if (child?.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM')
    await once(child, 'close')
  }
  folder.remove()
})

function start(args: string[], env: Record<string, string | undefined>): ChildProcessByStdio<null, Readable, Readable> {
  child = spawn(process.execPath, ['build/start.mjs', ...args], {
    cwd: ROOT,
    env: { ...process.env, CI: '1', DISPLAY: undefined, WAYLAND_DISPLAY: undefined, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return child
}

/** Of a program's stdout; rejects when it ends without one. */
async function firstLine(stdout: Readable): Promise<string> {
  for await (const line of createInterface(stdout))
    return line
  throw new Error('It ended without a line on stdout.')
}

it('opens the window with the application, the sample and the exit code of Electron', async () => {
  const electron = folder.write('electron', workingElectron('45.4.1', 'echo "window: $*"; exit 7'))
  const started = start(['--sample'], { DISPLAY: ':1', ELECTRON_EXEC_PATH: electron })
  const [stdout, [code]] = await Promise.all([text(started.stdout), once(started, 'close')])
  expect({ stdout, code }).toEqual({ stdout: `window: ${asRoot}${ROOT} --sample\n`, code: 7 })
})

it('opens a window although it is started inside an Electron that runs as Node', async () => {
  const electron = folder.write('electron', workingElectron('45.4.1'))
  const started = start([], { DISPLAY: ':1', ELECTRON_EXEC_PATH: electron, ELECTRON_RUN_AS_NODE: '1' })
  expect(await text(started.stdout)).toBe(`window: ${asRoot}${ROOT}\n`)
})

it('passes a signal on to the window', async () => {
  const electron = folder.write('electron', workingElectron('45.4.1', 'trap "exit 5" TERM; echo open; while :; do sleep 0.1; done'))
  const started = start([], { DISPLAY: ':1', ELECTRON_EXEC_PATH: electron })
  await firstLine(started.stdout)
  started.kill('SIGTERM')
  expect(await once(started, 'close')).toEqual([5, null])
})

it('serves the page and says why where there is no display', async () => {
  const started = start(['--sample'], {})
  const errors = text(started.stderr)
  const line = await firstLine(started.stdout)
  started.kill('SIGTERM')
  await once(started, 'close')
  expect(line).toMatch(/http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]+&view=sample$/)
  expect(await errors).toContain('The page opens instead of the desktop window: there is no display.')
})

it('opens the link in the system\'s browser where there is a display', async () => {
  const opened = join(folder.path, 'opened')
  for (const opener of ['xdg-open', 'open'])
    folder.write(opener, `echo "$*" >"${opened}.part" && mv "${opened}.part" "${opened}"`)
  const started = start(['--web'], { CI: undefined, DISPLAY: ':1', PATH: `${folder.path}:${process.env['PATH']}` })
  const line = await firstLine(started.stdout)
  const link = await vi.waitFor(() => readFileSync(opened, 'utf8').trim())
  expect(line).toContain(link)
})

it('refuses an option that it does not know', async () => {
  const started = start(['--wbe'], {})
  const [errors, [code]] = await Promise.all([text(started.stderr), once(started, 'close')])
  expect(code).toBe(2)
  expect(errors).toContain('usage: npm start -- [--web] [--sample] [--offline]')
})

it('runs the command line with its arguments, its output alone and its exit code', async () => {
  child = spawn(process.execPath, ['build/isoscope.mjs', 'no-such-command'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, [code]] = await Promise.all([text(child.stdout), once(child, 'close')])
  expect({ stdout, code }).toEqual({ stdout: '', code: 2 })
})
