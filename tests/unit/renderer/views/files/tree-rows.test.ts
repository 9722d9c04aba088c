import { expect, it } from 'vitest'
import { treeRows } from '../../../../../renderer/views/files/tree-rows'
import type { FolderState } from '../../../../../renderer/stores/folders'
import type { FileEntry } from '../../../../../shared/model/files'

const entry = (name: string, kind: FileEntry['kind']): FileEntry => ({ name, kind, sizeBytes: null, linkTarget: null })
const listed = (entries: FileEntry[], omittedCount = 0): FolderState => ({ status: 'listed', listing: { path: '/', entries, omittedCount } })
const problem = { code: 'FILES_NO_PERMISSION', what: '/root may not be read.', fix: 'Run as root.' }

/** A row in one word each, for an expectation that can be read. */
const shape = (folders: Map<string, FolderState>, open: string[]): string[] =>
  treeRows(folders, new Set(open)).map(row => `${row.level} ${row.kind === 'entry' ? row.entry.name : row.kind}`)

it('shows the names of an open folder below it, and none of a closed one', () => {
  const folders = new Map([['', listed([entry('etc', 'directory'), entry('usr', 'directory')])], ['etc', listed([entry('passwd', 'file')])], ['usr', listed([entry('bin', 'directory')])]])
  expect(shape(folders, ['', 'etc'])).toEqual(['1 /', '2 etc', '3 passwd', '2 usr'])
})

it('says in a folder\'s place that it is being read, empty, or why not', () => {
  const folders = new Map<string, FolderState>([
    ['', listed([entry('a', 'directory'), entry('b', 'directory'), entry('c', 'directory')])],
    ['a', { status: 'listing' }],
    ['b', listed([])],
    ['c', { status: 'failed', problem }],
  ])
  expect(shape(folders, ['', 'a', 'b', 'c'])).toEqual(['1 /', '2 a', '3 listing', '2 b', '3 empty', '2 c', '3 failed'])
  expect(treeRows(folders, new Set(['', 'c'])).at(-1)).toEqual({ kind: 'failed', key: 'state c', level: 3, names: ['c'], problem })
})

it('tells how many names were not listed', () => {
  expect(treeRows(new Map([['', listed([entry('a', 'file')], 7)]]), new Set([''])).at(-1)).toEqual({ kind: 'more', key: 'more ', level: 2, names: [], count: 7 })
})

it('never opens a link, even when its key is open', () => {
  const folders = new Map([['', listed([entry('bin', 'link')])], ['bin', listed([entry('ls', 'file')])]])
  expect(shape(folders, ['', 'bin'])).toEqual(['1 /', '2 bin'])
})
