import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { processTree } from '../desktop/processes'
import { expect, test } from './packed-app'

const NOBODY = 65534
const isRoot = process.getuid?.() === 0

/** dpkg with a root of its own, whose list of what is installed is this machine's: so dependencies are really looked for. */
function dpkg(root: string, ...args: string[]): void {
  const command = ['dpkg', `--root=${root}`, '--force-script-chrootless', '--log=/dev/null', ...args]
  const [program = '', ...rest] = isRoot ? command : ['sudo', '--non-interactive', ...command]
  execFileSync(program, rest, { stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 * 1024 * 1024, env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` } })
}

test('the .deb installs, starts in Chromium\'s sandbox for another user, and goes without a trace', async ({ packed, start, folder }) => {
  test.setTimeout(120_000)
  const root = join(folder, 'root')
  for (const path of ['var/lib/dpkg/info', 'var/lib/dpkg/updates', 'var/lib/dpkg/triggers'])
    mkdirSync(join(root, path), { recursive: true })
  copyFileSync('/var/lib/dpkg/status', join(root, 'var/lib/dpkg/status'))
  dpkg(root, '--install', packed.deb)

  expect(readlinkSync(join(root, 'usr/bin/isoscope'))).toBe('/opt/Isoscope/isoscope')
  const sandbox = lstatSync(join(root, 'opt/Isoscope/chrome-sandbox'))
  expect({ mode: sandbox.mode & 0o7777, uid: sandbox.uid }).toEqual({ mode: 0o4755, uid: 0 })
  const entry = readFileSync(join(root, 'usr/share/applications/isoscope.desktop'), 'utf8')
  expect(entry).toMatch(/^Exec=\/usr\/bin\/isoscope %U$/m)
  expect(entry).toMatch(/^MimeType=application\/x-isoscope-snapshot\+json;x-scheme-handler\/isoscope;$/m)
  expect(readFileSync(join(root, 'usr/share/mime/packages/isoscope.xml'), 'utf8')).toContain('<glob pattern="*.isoscope.json"')
  const sizes = readdirSync(join(root, 'usr/share/icons/hicolor')).filter(size => existsSync(join(root, `usr/share/icons/hicolor/${size}/apps/isoscope.png`)))
  expect(sizes.length).toBe(9)

  const started = await start({ executable: join(root, 'opt/Isoscope/isoscope'), args: ['--sample'], ...(isRoot ? { uid: NOBODY } : {}) })
  await expect(started.page.getByRole('heading', { level: 1, name: 'nodeapp-container' })).toBeVisible()
  // proc(5): 2 is a filter of system calls. Chromium gives one to every page's process that it could put into its sandbox.
  const pids = processTree(started.process.pid ?? 0).map(key => key.split('@')[0] ?? '')
  const renderers = pids.filter(pid => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer'))
  expect(renderers.map(pid => /^Seccomp:\s+(\d)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])).toEqual(renderers.map(() => '2'))
  expect(renderers.length).toBeGreaterThan(0)
  await started.page.close()

  dpkg(root, '--purge', 'isoscope')
  expect(existsSync(join(root, 'opt'))).toBe(false)
  expect(existsSync(join(root, 'usr/bin'))).toBe(false)
})

test('the tar.gz holds the same application', ({ packed }) => {
  const names = execFileSync('tar', ['-tzf', packed.tar], { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 }).split('\n').map(name => name.replace(/^[^/]+\//, ''))
  expect(names).toEqual(expect.arrayContaining(['isoscope', 'resources/app.asar', 'LICENSE.electron.txt', 'LICENSES.chromium.html', 'THIRD_PARTY_LICENSES.txt']))
})
