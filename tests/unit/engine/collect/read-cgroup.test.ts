import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { readCgroupOf } from '../../../../engine/collect/read-cgroup'
import { localProc } from '../../../../engine/sources/local-proc'
import { tempFolder } from '../../../support/temp-folder'

function tree(files: Readonly<Record<string, string>>): string {
  const root = tempFolder()
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text.replaceAll('ROOT', root))
  }
  return root
}

const VERSION_1 = {
  'self/mounts': 'cgroup ROOT/fs/memory cgroup rw,memory 0 0\ncgroup ROOT/fs/pids cgroup rw,pids 0 0\n',
  '7/cgroup': '2:pids:/\n1:memory:/\n',
  '7/stat': '7 (app) S 6 0 0 0 0 0 0 0 0 0 0 0 0 0 20 0 1 0 10 0 7 0\n',
  '6/cgroup': '2:pids:/\n1:memory:/\n',
  'fs/memory/memory.limit_in_bytes': '9223372036854771712\n',
  'fs/memory/memory.usage_in_bytes': '4096\n',
  'fs/pids/cgroup.procs': '7\n',
}
const limitsOf = async (files: Readonly<Record<string, string>>) => {
  const found = await readCgroupOf(localProc(tree(files)), 7)
  return found && { isOwn: found.usageUnknownBecause === null, memory: found.values.memory.limitBytes, usage: found.values.memory.usageBytes, pids: found.values.pids.limit }
}

it('in the root of a hierarchy there is no limit, and no file for one; its usage is everybody\'s', async () => {
  expect(await limitsOf(VERSION_1)).toEqual({ isOwn: false, memory: 'unlimited', usage: null, pids: 'unlimited' })
})

// Flags as a zombie of Linux 6.18 has them.
it.each([['is about to end', VERSION_1['7/stat'].replace('0 0 0 0 0', '0 0 0 0 4227084')], ['is gone by then', '']])('of a process that %s, and is shown in the root of every hierarchy, nothing is known', async (_, stat) => {
  expect(await limitsOf({ ...VERSION_1, '7/stat': stat })).toBeNull()
})

it('in another group a missing file is unknown', async () => {
  expect(await limitsOf({ ...VERSION_1, '7/cgroup': '2:pids:/a\n1:memory:/a\n', 'fs/pids/a/cgroup.procs': '7\n', 'fs/memory/a/memory.usage_in_bytes': '4096\n' }))
    .toEqual({ isOwn: true, memory: null, usage: 4096, pids: null })
})

it('the root of a cgroup namespace is another group too, on version 2', async () => {
  const files = { 'self/mounts': 'cgroup2 ROOT/fs cgroup2 rw 0 0\n', '7/cgroup': '0::/\n', '7/stat': VERSION_1['7/stat'], '6/cgroup': '0::/\n', 'fs/cgroup.procs': '7\n' }
  expect(await limitsOf(files)).toMatchObject({ memory: 'unlimited', pids: 'unlimited' })
  expect(await limitsOf({ ...files, 'fs/cgroup.events': 'populated 1\n' })).toMatchObject({ memory: null, pids: null })
})
