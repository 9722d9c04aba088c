import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { makeSshFolder } from '../../../../engine/sources/ssh-folder'
import { tempFolder } from '../../../support/temp-folder'

let place: string
beforeEach(() => {
  place = tempFolder()
  vi.stubEnv('TMPDIR', place)
})
afterEach(() => vi.unstubAllEnvs())

const left = (name: string): string => {
  mkdirSync(join(place, name))
  return join(place, name)
}
const deadPid = (): number => spawnSync('true').pid

it('is private, and named after the process that made it', () => {
  const made = makeSshFolder()
  expect([dirname(made), basename(made), statSync(made).mode & 0o777]).toEqual([place, expect.stringMatching(new RegExp(`^isoscope-ssh-${process.pid}-`)), 0o700])
})

it('takes away what a killed process left, and nothing else', () => {
  const gone = left(`isoscope-ssh-${deadPid()}-abcdef`)
  const ending = left(`isoscope-ssh-${deadPid()}-ghijkl`)
  writeFileSync(join(ending, 's'), '')
  const others = [left(`isoscope-ssh-${process.ppid}-mnopqr`), left(`other-${deadPid()}-abcdef`), left('isoscope-ssh-abcdef')]
  makeSshFolder()
  expect([gone, ending, ...others].map(existsSync)).toEqual([false, true, true, true, true])
})
