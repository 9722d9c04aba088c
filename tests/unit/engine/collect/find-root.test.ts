import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { KernelSources } from '../../../../engine/collect/choose-kernel'
import { findRoot } from '../../../../engine/collect/find-root'
import { localProc } from '../../../../engine/sources/local-proc'
import { engineThatAnswers } from '../../../support/scene'
import { SMALLEST_INSPECT } from '../../../support/smallest-inspect'
import { tempFolder } from '../../../support/temp-folder'

const ID = 'c'.repeat(64)
const ANSWERS = {
  version: { Version: '27.0.0', ApiVersion: '1.46', MinAPIVersion: '1.24', Platform: { Name: 'Docker Engine - Community' } },
  info: { Name: 'fake', OperatingSystem: 'Debian', KernelVersion: '6.1', Architecture: 'x86_64', Driver: 'overlay2', CgroupVersion: '2', CgroupDriver: 'systemd' },
}

/** A procfs in which PID 7 is of that container, by its control group. */
function procOf(id: string): KernelSources['local'] {
  const proc = tempFolder()
  mkdirSync(join(proc, '7'))
  writeFileSync(join(proc, '7/cgroup'), `0::/docker/${id}\n`)
  return localProc(proc)
}

const find = (sources: KernelSources, { pid = 7, runtime = 'runc', info = {} } = {}) => findRoot({
  docker: engineThatAnswers({
    ...ANSWERS,
    info: { ...ANSWERS.info, ...info },
    inspect: { ...SMALLEST_INSPECT, Id: ID, Name: '/app', State: { Status: 'running', Pid: pid }, HostConfig: { ...SMALLEST_INSPECT.HostConfig, Runtime: runtime } },
  }),
  sources,
  containerId: ID,
  signal: new AbortController().signal,
})

const noHelper = async (): Promise<null> => null

describe('who can look through a container\'s root', () => {
  it('is this computer\'s /proc, when it is proved to be the engine\'s', async () => {
    const local = procOf(ID)
    expect(await find({ local, helper: noHelper })).toEqual({ proc: local, hostPid: 7 })
  })

  it('is the helper, when it is not', async () => {
    const helper = procOf(ID)
    expect(await find({ local: procOf('d'.repeat(64)), helper: async () => helper })).toEqual({ proc: helper, hostPid: 7 })
  })

  it('is nobody without one: a PID of another kernel is another process here', async () => {
    await expect(find({ local: procOf('d'.repeat(64)), helper: noHelper })).rejects.toMatchObject({ problem: { code: 'KERNEL_NOT_LOCAL' } })
  })

  it('is nobody when it does not run', async () => {
    await expect(find({ local: procOf(ID), helper: noHelper }, { pid: 0 })).rejects.toMatchObject({ problem: { code: 'CONTAINER_NOT_RUNNING' } })
  })

  it('is nobody outside of a sandbox with a kernel of its own', async () => {
    await expect(find({ local: procOf(ID), helper: noHelper }, { runtime: 'runsc' })).rejects.toMatchObject({ problem: { code: 'FILES_IN_SANDBOX' } })
  })
})
