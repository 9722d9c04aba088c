import { closeSync, mkdirSync, openSync, rmdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { collectWorkingDirectory } from '../../../../engine/collect/working-directory'
import { fixture } from '../../../support/fixture'
import { sceneOf } from '../../../support/scene'
import { tempFolder } from '../../../support/temp-folder'

const held: number[] = []
afterEach(() => held.splice(0).forEach(closeSync))

/** A procfs whose PID 7 works where `cwd` leads. */
function procWith(cwd: string): string {
  const proc = tempFolder()
  for (const [pid, place] of [[7, 'container'], [1, 'host']] as const) {
    mkdirSync(join(proc, String(pid)))
    writeFileSync(join(proc, String(pid), 'mountinfo'), fixture(`proc/debian-12/${place}/mountinfo`))
  }
  symlinkSync(cwd, join(proc, '7', 'cwd'))
  return proc
}

describe('a working directory whose name ends with " (deleted)"', () => {
  it('is there when it is called so', async () => {
    const folder = join(tempFolder(), 'work (deleted)')
    mkdirSync(folder)
    const { facts, evidence } = await collectWorkingDirectory(sceneOf({}, procWith(folder)))
    expect(facts.inside).toBe(folder)
    expect([facts.onHost?.endsWith(folder), evidence['workingDirectory.onHost']?.unknownBecause]).toEqual([true, null])
  })

  it('is gone when it was deleted, and then has no place on the host', async () => {
    const folder = join(tempFolder(), 'work')
    mkdirSync(folder)
    const user = openSync(folder, 'r')
    held.push(user)
    rmdirSync(folder)
    // The kernel's own link to it, which reads as the name with those words behind it.
    const { facts, evidence } = await collectWorkingDirectory(sceneOf({}, procWith(`/proc/self/fd/${user}`)))
    expect([facts.onHost, evidence['workingDirectory.onHost']?.unknownBecause]).toEqual([null, 'it was deleted while it was in use'])
  })
})
