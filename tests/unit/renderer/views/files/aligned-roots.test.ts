import { expect, it } from 'vitest'
import { alignRoots } from '../../../../../renderer/views/files/aligned-roots'
import type { FileEntry } from '../../../../../shared/model/files'

const folder = (name: string): FileEntry => ({ name, kind: 'directory', sizeBytes: null, linkTarget: null })

it('puts equal names on one line, and counts those of one side alone', () => {
  expect(alignRoots([folder('usr'), folder('data')], [folder('boot'), folder('usr')])).toEqual({
    names: [
      { name: 'boot', inside: null, host: folder('boot') },
      { name: 'data', inside: folder('data'), host: null },
      { name: 'usr', inside: folder('usr'), host: folder('usr') },
    ],
    bothCount: 1,
    insideOnlyCount: 1,
    hostOnlyCount: 1,
  })
})

it('keeps each side\'s own entry, because one name can be two kinds', () => {
  const link: FileEntry = { name: 'bin', kind: 'link', sizeBytes: null, linkTarget: 'usr/bin' }
  expect(alignRoots([folder('bin')], [link]).names).toEqual([{ name: 'bin', inside: folder('bin'), host: link }])
})

it('has the names of one side when the other is not known', () => {
  expect(alignRoots(null, [folder('etc')]).names).toEqual([{ name: 'etc', inside: null, host: folder('etc') }])
})
