import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from './desktop-app'

const run = promisify(execFile)

/** `nobody` of Debian and of most others: no group that the engine's socket lets in. */
const NOBODY = 65534

/** A copy of the runtime that everybody may read: root's own folders let nobody in. A link to the application stays one. */
async function readableCopy(executable: string, folder: string): Promise<string> {
  const copy = join(folder, 'runtime')
  await run('cp', ['-a', dirname(executable), copy])
  await run('chmod', ['-R', 'a+rX', copy])
  return join(copy, executable.slice(dirname(executable).length + 1))
}

/** Runs its arguments as nobody, without `--no-sandbox`, which only root needs. */
function asNobody(executable: string, folder: string): string {
  const script = join(folder, 'as-nobody.sh')
  writeFileSync(script, `#!/bin/bash
args=()
for arg in "$@"; do [ "$arg" = --no-sandbox ] || args+=("$arg"); done
exec setpriv --reuid ${NOBODY} --regid ${NOBODY} --clear-groups --no-new-privs '${executable}' "\${args[@]}"
`)
  chmodSync(script, 0o755)
  return script
}

/** Folders for whoever runs the program: nobody where this is root, else this user. Gives the user. */
function setUp(folder: string): number {
  const own = process.getuid?.() ?? 0
  const uid = own === 0 ? NOBODY : own
  for (const name of ['profile', 'home']) {
    mkdirSync(join(folder, name))
    if (own === 0)
      chownSync(join(folder, name), uid, uid)
  }
  return uid
}

test('as another user than root every renderer is in Chromium\'s sandbox, and the page says that the socket is closed to it', async ({ runtime, launchIn, folder }) => {
  test.setTimeout(120_000)
  const socket = join(folder, 'docker.sock')
  const server = createServer().listen(socket)
  await once(server, 'listening')
  chmodSync(socket, 0)
  const uid = setUp(folder)
  const executablePath = uid === NOBODY ? asNobody(await readableCopy(runtime.executable, folder), folder) : runtime.executable
  const { app, page } = await launchIn({ executablePath, env: { HOME: join(folder, 'home'), DOCKER_HOST: `unix://${socket}` } })
  await expect(page.getByRole('heading', { level: 1, name: 'No Docker engine answers' })).toBeVisible()
  await expect(page.getByRole('row', { name: /DOCKER_HOST/ })).toContainText(/permission/i)

  const renderers = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map(window => window.webContents.getOSProcessId()))
  const main = app.process().pid ?? 0
  const facts = renderers.map((pid) => {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return {
      seccomp: /^Seccomp:\t(\d)$/m.exec(status)?.[1],
      uid: /^Uid:\t(\d+)/m.exec(status)?.[1],
      capabilities: /^CapEff:\t(\w+)$/m.exec(status)?.[1],
      ownNamespaces: ['user', 'pid', 'net'].filter(type => readlinkSync(`/proc/${pid}/ns/${type}`) !== readlinkSync(`/proc/${main}/ns/${type}`)),
      isUnsandboxed: readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--no-sandbox'),
    }
  })
  expect(facts).toEqual([{ seccomp: '2', uid: String(uid), capabilities: '0000000000000000', ownNamespaces: ['user', 'pid', 'net'], isUnsandboxed: false }])
  server.close()
})
