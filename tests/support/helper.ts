import { hostname } from 'node:os'
import { connectDocker, type DockerEngine } from '../../engine/sources/docker'
import { removeHelperContainer, startHelperContainer } from '../../engine/sources/helper/container'
import { greet, helperProc, type HelperProcess } from '../../engine/sources/helper/helper-proc'
import { helperProcesses } from '../../engine/sources/helper/helper-processes'
import { type Owner, ownerOf } from '../../engine/sources/owner'
import { type HelperSession, openSession } from '../../engine/sources/helper/session'
import type { ProcSource } from '../../engine/sources/proc-source'
import type { ReadProcesses } from '../../engine/sources/raw-process'

/** A helper container on the engine of the tests, without what decides when there is one. */
export interface TestHelper {
  readonly docker: DockerEngine
  readonly id: string
  readonly session: HelperSession
  readonly hello: HelperProcess
  readonly proc: ProcSource
  readonly readProcesses: ReadProcesses
  readonly close: () => Promise<void>
}

export const testEngine = (): DockerEngine => connectDocker({ origin: 'a test', address: process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock' }, process.env)

export const testOwner = (): Owner => ownerOf(hostname(), process.pid)

export async function openTestHelper(): Promise<TestHelper> {
  const docker = testEngine()
  const { id, stream } = await startHelperContainer(docker, testOwner(), Date.now(), AbortSignal.timeout(30_000))
  const session = openSession(stream)
  const hello = await greet(session)
  const own = new Set([hello.pid, hello.parentPid])
  return {
    docker,
    id,
    session,
    hello,
    proc: helperProc(session, hello, own),
    readProcesses: helperProcesses(session, own),
    close: async () => {
      session.end('the test is over')
      await removeHelperContainer(docker, id)
    },
  }
}
