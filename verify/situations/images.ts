import { chmod, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Machine, runHere } from '../machine'

/** Debian's busybox-static: one program without libraries, so an image needs no registry. */
const BUSYBOX = '/bin/busybox'

const PASSWD = [
  'root:x:0:0:root:/root:/bin/sh',
  'daemon:x:1:1:daemon:/usr/sbin:/bin/false',
  '# a comment is no account',
  'app:x:1000:1000:app:/home/app:/bin/sh',
  'nobody:x:65534:65534:nobody:/nonexistent:/bin/false',
]

export interface Images {
  readonly busybox: string
  readonly static: string
  /** Those that were not there before. */
  readonly remove: () => Promise<void>
}

/** A small image with a shell and busybox's commands, and one that holds a single program and nothing else. */
export async function makeImages(machine: Machine): Promise<Images> {
  const made: string[] = []
  const make = async (name: string, fill: (folder: string) => Promise<void>): Promise<string> => {
    if (await machine.docker('images', '--quiet', name) !== '')
      return name
    const folder = await mkdtemp(join(tmpdir(), 'isoscope-verify-image-'))
    try {
      // It becomes the mode of the image's root.
      await chmod(folder, 0o755)
      await fill(folder)
      await machine.fromHere(`tar --create --numeric-owner --owner=0 --group=0 --directory=${folder} .`, 'import', '-', name)
      made.push(name)
      return name
    }
    finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
  const images = { busybox: await make('isoscope-verify-busybox', fillBusybox), static: await make('isoscope-verify-static', folder => cp(BUSYBOX, join(folder, 'sleep'))) }
  return { ...images, remove: async () => void (made.length > 0 && await machine.docker('image', 'rm', ...made)) }
}

async function fillBusybox(root: string): Promise<void> {
  for (const folder of ['bin', 'etc', 'home/app', 'root', 'usr', 'var', 'tmp'])
    await mkdir(join(root, folder), { recursive: true })
  await writeFile(join(root, 'etc/passwd'), `${PASSWD.join('\n')}\n`)
  await writeFile(join(root, 'etc/group'), 'root:x:0:\ndaemon:x:1:\napp:x:1000:\n')
  await cp(BUSYBOX, join(root, 'bin/busybox'))
  for (const applet of (await runHere(BUSYBOX, '--list')).split('\n').filter(name => name !== '' && name !== 'busybox'))
    await symlink('busybox', join(root, 'bin', applet))
}
