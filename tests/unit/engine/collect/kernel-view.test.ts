import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { proveKernel } from '../../../../engine/collect/kernel-view'
import { localProc } from '../../../../engine/sources/local-proc'
import { sceneOf } from '../../../support/scene'
import { tempFolder } from '../../../support/temp-folder'

const [ID, OTHER] = ['1'.repeat(64), '2'.repeat(64)]
const LAYER = '/home/alice/.local/share/docker/overlay2/55d0/diff'

async function isProved(files: { cgroup?: string, mountinfo?: string }, upperFolder: string | null = null): Promise<boolean> {
  const root = tempFolder()
  mkdirSync(join(root, '7'))
  writeFileSync(join(root, '7/cgroup'), files.cgroup ?? '8:pids:/\n')
  writeFileSync(join(root, '7/mountinfo'), files.mountinfo ?? '')
  const { engine } = sceneOf({}, null)
  const { proc } = await proveKernel(localProc(root), { engine, endpoint: engine.endpoint, running: [{ id: ID, name: 'app', hostPid: 7, upperFolder }] })
  return proc !== null
}

it.each<[string, Parameters<typeof isProved>, boolean]>([
  ['its control group', [{ cgroup: `8:pids:/libpod_parent/libpod-${ID}\n` }], true],
  ['another\'s control group', [{ cgroup: `8:pids:/docker/${OTHER}\n` }], false],
  ['a file of Docker\'s for it', [{ mountinfo: `1 0 254:0 /var/lib/docker/containers/${ID}/hosts /etc/hosts rw - ext4 /dev/vda rw\n` }], true],
  ['a file of rootless Podman\'s for it', [{ mountinfo: `1 0 254:0 /home/a/vfs-containers/${ID}/userdata/run/.containerenv /run/.containerenv rw - ext4 /dev/vda rw\n` }], true],
  // One that joined another's network has the files of that one, and its own layer.
  ['its layer', [{ mountinfo: `1 0 0:90 / / rw - overlay overlay rw,lowerdir=/x,upperdir=${LAYER},workdir=/w\n2 1 254:0 /containers/${OTHER}/hosts /etc/hosts rw - ext4 /dev/vda rw\n` }, LAYER], true],
  ['a layer whose name begins alike', [{ mountinfo: `1 0 0:90 / / rw - overlay overlay rw,lowerdir=/x,upperdir=${LAYER}2,workdir=/w\n` }, LAYER], false],
  ['nothing of it', [{}, LAYER], false],
])('a kernel that shows %s is the engine\'s: or not', async (_, [files, upperFolder], answer) => {
  expect(await isProved(files, upperFolder)).toBe(answer)
})
