import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { helperImage } from '../../../../../engine/sources/helper/image'
import { makeUstar } from '../../../../../engine/sources/helper/ustar'
import programs from '../../../../../helper/programs.json'
import { tempFolder } from '../../../../support/temp-folder'

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

it.each([0, 1, 511, 512, 513, 70_000])('writes a tar that tar reads, with a file of %i bytes', (length) => {
  const [folder, bytes] = [tempFolder(), Buffer.alloc(length, 'x')]
  writeFileSync(join(folder, 'made.tar'), makeUstar([{ name: 'one', mode: 0o755, bytes }, { name: 'two', mode: 0o644, bytes: Buffer.from('2') }]))
  const listed = execFileSync('tar', ['--list', '--verbose', '--numeric-owner', '--utc', '--file', join(folder, 'made.tar')], { encoding: 'utf8' })
  expect(listed.split('\n').map(line => line.replaceAll(/ +/g, ' '))).toEqual([
    `-rwxr-xr-x 0/0 ${length} 1970-01-01 00:00 one`,
    '-rw-r--r-- 0/0 1 1970-01-01 00:00 two',
    '',
  ])
  execFileSync('tar', ['--extract', '--file', join(folder, 'made.tar'), '--directory', folder])
  expect(readFileSync(join(folder, 'one'))).toEqual(bytes)
})

it.each(['x86_64', 'aarch64', 'amd64', 'arm64'])('makes the image for %s from the committed program, the same every time', (architecture) => {
  const image = helperImage(architecture)
  expect(image).toEqual(helperImage(architecture))
  const folder = tempFolder()
  writeFileSync(join(folder, 'image.tar'), image?.tar ?? '')
  execFileSync('tar', ['--extract', '--file', join(folder, 'image.tar'), '--directory', folder])
  execFileSync('tar', ['--extract', '--file', join(folder, 'layer.tar'), '--directory', folder])
  const [manifest] = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
  const config = readFileSync(join(folder, manifest.Config))
  const machine = ['x86_64', 'amd64'].includes(architecture) ? 'amd64' : 'arm64'
  expect({ id: image?.id, program: readFileSync(join(folder, 'isoscope-helper')).toString('base64') }).toEqual({ id: `sha256:${sha256(config)}`, program: programs[machine].base64 })
  expect(JSON.parse(config.toString())).toMatchObject({ architecture: machine, os: 'linux', rootfs: { diff_ids: [`sha256:${sha256(readFileSync(join(folder, 'layer.tar')))}`] } })
})

it.each(['', 'riscv64', 'armv7l', 's390x'])('has none for %j', (architecture) => {
  expect(helperImage(architecture)).toBeNull()
})
