import { afterAll, beforeAll, expect, it } from 'vitest'
import { removeAll } from '../support/containers'
import { docker } from '../support/docker'
import { itIsWhatTheOraclesSay } from './expectations/every-part'
import { start } from './start'
import { type Look } from '../../verify/look'
import { here, lookAt } from './take'

const CHANGE = [
  'mkdir -p /var/deep/er "/tmp/with space"',
  'echo 1 > /var/deep/er/file; echo 1 > "/tmp/with space/é"',
  'ln /var/deep/er/file /var/deep/twin; ln -s /etc /var/link',
  'truncate -s 5000000 /var/sparse; mkfifo /var/fifo; mknod /var/device c 1 3',
  'echo "# more" >> /etc/passwd; rm /etc/group; rm -r /home/app; chmod 700 /root',
].join('\n')

let look: Look
beforeAll(async () => {
  const { id } = await start({ name: 'changes' })
  await docker('exec', id, 'sh', '-ec', CHANGE)
  look = await lookAt(id)
})
afterAll(removeAll)

itIsWhatTheOraclesSay(() => look)

it('has each kind of change', () => {
  expect(look.snapshot.files.changes).toMatchObject({
    added: expect.arrayContaining(['/var/deep/er/file', '/tmp/with space/é', '/var/fifo']),
    changed: expect.arrayContaining(['/etc/passwd', '/root']),
    deleted: expect.arrayContaining(['/etc/group', '/home/app']),
  })
})

it('agrees with du on the size: a sparse file as long as it says, a hard link once', async () => {
  const root = `/proc/${look.snapshot.container.hostPid}/root`
  // One file system, no folders (which du counts as well), and not the files that docker mounts.
  const files = ['-xdev', '-type', 'f', '-not', '-path', '*/etc/hosts', '-not', '-path', '*/etc/hostname', '-not', '-path', '*/etc/resolv.conf', '-not', '-path', '*/.dockerenv/*']
  const total = (await here.run('sh', '-c', 'root=$1; shift; find "$root/" "$@" -print0 | du --bytes --total --files0-from=- | tail -n 1', 'sh', root, ...files)).split('\t')[0]
  expect(look.snapshot.files.sizeBytes).toBe(Number(total))
})
