import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { pack } from 'tar-stream'
import { docker, dockerWithInput } from './docker'

/** Debian's busybox-static: one program without libraries, so an image needs no registry. */
const BUSYBOX = '/bin/busybox'

const BUSYBOX_IMAGE = 'isoscope-test-busybox'
const STATIC_IMAGE = 'isoscope-test-static'

const PASSWD = [
  'root:x:0:0:root:/root:/bin/sh',
  'daemon:x:1:1:daemon:/usr/sbin:/bin/false',
  'app:x:1000:1000:app:/home/app:/bin/sh',
  'nobody:x:65534:65534:nobody:/nonexistent:/bin/false',
]

/** A small image with a shell and busybox's commands; built once per engine. Gives its name. */
export function ensureBusyboxImage(): Promise<string> {
  return ensureImage(BUSYBOX_IMAGE, async (image) => {
    for (const folder of ['bin', 'etc', 'home', 'home/app', 'root', 'usr', 'var'])
      image.entry({ name: folder, type: 'directory', mode: 0o755 })
    image.entry({ name: 'tmp', type: 'directory', mode: 0o1777 })
    image.entry({ name: 'etc/passwd' }, `${PASSWD.join('\n')}\n`)
    image.entry({ name: 'etc/group' }, 'root:x:0:\ndaemon:x:1:\napp:x:1000:\n')
    image.entry({ name: 'bin/busybox', mode: 0o755 }, await readFile(BUSYBOX))
    const { stdout } = await promisify(execFile)(BUSYBOX, ['--list'])
    for (const applet of stdout.split('\n').filter(name => name !== '' && name !== 'busybox'))
      image.entry({ name: `bin/${applet}`, type: 'symlink', linkname: 'busybox' })
  })
}

/** An image that holds one program, `/sleep`, and neither a shell nor any other file. busybox does what its name says. */
export function ensureStaticImage(): Promise<string> {
  return ensureImage(STATIC_IMAGE, async (image) => {
    image.entry({ name: 'sleep', mode: 0o755 }, await readFile(BUSYBOX))
  })
}

async function ensureImage(name: string, fill: (image: ReturnType<typeof pack>) => Promise<void>): Promise<string> {
  if (await docker('images', '--quiet', name) !== '')
    return name
  const image = pack()
  const imported = dockerWithInput(image, ['import', '-', name])
  await fill(image)
  image.finalize()
  await imported
  return name
}
