import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Snapshot } from '../../shared/model/snapshot'
import { removeAll } from '../support/containers'
import { docker } from '../support/docker'
import { ENGINE_SOCKET } from '../support/engine-socket'
import { ensureNodeapp } from '../support/nodeapp'
import { tempFolder } from '../support/temp-folder'
import { judgements, turned } from './expectations/judgements'
import { start } from './start'
import { take } from './take'

const OUT = join(import.meta.dirname, '../../out')
/** What the kernel shows of namespaces, roots and programs are links; here it lets nobody read one (EPERM). */
const NO_LINKS = { defaultAction: 'SCMP_ACT_ALLOW', syscalls: [{ names: ['readlink', 'readlinkat'], action: 'SCMP_ACT_ERRNO', errnoRet: 1 }] }

let profile: string
/** Has Node.js. */
let image: string
beforeAll(async () => {
  image = await docker('inspect', '--format', '{{.Image}}', await ensureNodeapp())
  profile = join(tempFolder(), 'no-links.json')
  writeFileSync(profile, JSON.stringify(NO_LINKS))
})
afterAll(removeAll)

/** The command line in a container that has this machine's processes, network and engine, and the mask. */
async function takeMasked(id: string): Promise<Snapshot> {
  const rights = ['--pid=host', '--network=host', '--cap-add=SYS_PTRACE', `--security-opt=seccomp=${profile}`]
  const folders = [`--volume=${ENGINE_SOCKET}:/run/docker.sock`, `--volume=${OUT}:/isoscope:ro`]
  return Snapshot.parse(JSON.parse(await docker('run', '--rm', ...rights, ...folders, '--env=DOCKER_HOST=unix:///run/docker.sock', image, 'node', '/isoscope/cli/isoscope.js', 'snapshot', id, '--json')))
}

it.each([
  ['a plain container', []],
  ['one in namespaces of the host', ['--pid=host', '--network=host', '--uts=host']],
])('where seccomp refuses every link of /proc, %s is judged the same or not at all', async (_, flags) => {
  const { id } = await start({ name: 'masked', flags })
  const [whole, masked] = [await take(id), await takeMasked(id)]
  expect(turned(judgements(whole), judgements(masked))).toEqual([])
  // The kernel's first namespaces have numbers that never change.
  expect(masked.namespaces.map(({ container }, at) => container ?? whole.namespaces[at]?.container)).toEqual(whole.namespaces.map(({ container }) => container))
  expect(masked.namespaces.find(({ type }) => type === 'mnt')?.verdict).toBe('unknown')
  expect(whole.namespaces.find(({ type }) => type === 'mnt')?.verdict).toBe('private')
})
