import { expect, it } from 'vitest'
import { changeRows, missingChanges } from '../../../../../renderer/views/files/change-rows'
import type { FileChanges } from '../../../../../shared/model/files'

const changes: FileChanges = { added: ['/tmp/a', '/root/B'], changed: ['/root'], deleted: [], counts: { added: 2, changed: 1, deleted: 0 } }

it('lists all kinds, added first', () => {
  expect(changeRows(changes, 'all', '')).toEqual([
    { kind: 'added', path: '/tmp/a' },
    { kind: 'added', path: '/root/B' },
    { kind: 'changed', path: '/root' },
  ])
})

it('narrows by kind and by part of a path, whatever the case', () => {
  expect(changeRows(changes, 'added', ' root/b ')).toEqual([{ kind: 'added', path: '/root/B' }])
})

it('says nothing of a limit while the lists hold everything', () => {
  expect(missingChanges(changes)).toBeNull()
})

it('says what the lists do not hold', () => {
  expect(missingChanges({ ...changes, counts: { added: 12_345, changed: 1, deleted: 0 } }))
    .toBe('Listed and searched: only the first 2 of 12\u202F345 added. The counts hold all.')
})
