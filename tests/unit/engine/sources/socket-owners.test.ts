import { expect, it } from 'vitest'
import { localProc } from '../../../../engine/sources/local-proc'
import type { ProcSource } from '../../../../engine/sources/proc-source'
import { findSocketOwners } from '../../../../engine/sources/socket-owners'

it('asks for the descriptors of many processes at once, and gives each socket to the first process that holds it', async () => {
  const held: Readonly<Record<string, string>> = { '7/fd/0': '/dev/null', '7/fd/3': 'socket:[40]', '7/fd/4': 'socket:[41]', '9/fd/0': 'socket:[41]', '9/fd/1': 'socket:[42]' }
  let [under, most] = [0, 0]
  const proc: ProcSource = {
    ...localProc('/nonexistent'),
    listFolder: async path => Object.keys(held).filter(name => name.startsWith(`${path}/`)).map(name => name.slice(path.length + 1)),
    readLink: async (path) => {
      most = Math.max(most, under += 1)
      await Promise.resolve()
      under -= 1
      return held[path] ?? null
    },
  }
  const owners = await findSocketOwners(proc, [7, 9], new Set([40, 41, 42]), new AbortController().signal)
  expect({ owners: [...owners], most }).toEqual({ owners: [[40, 7], [41, 7], [42, 9]], most: 5 })
})
