import { expect, it, vi } from 'vitest'
import { createActionLog } from '../../../../engine/actions/action-log'
import type { DockerEngine } from '../../../../engine/sources/docker'
import { ownerOf } from '../../../../engine/sources/helper/owner'
import { createTemporaryRemoval } from '../../../../engine/temporary/temporary-removal'
import { ProblemError } from '../../../../shared/model/problem'
import { engineThatAnswers } from '../../../support/scene'

const owner = ownerOf('here', process.pid)
const ID = 'a'.repeat(64)
const failure = (code: string): ProblemError => new ProblemError({ code, what: 'It said no.', fix: 'Try again.' })
const removal = () => createTemporaryRemoval({ owner, log: createActionLog(() => new Date(0)), now: () => new Date(0) })

/** An engine that answers the removal of a container as it is told, and counts how often it was asked for what. */
function engineThatRemoves(...answers: (ProblemError | null)[]): { docker: DockerEngine, asked: { removed: number, listed: number } } {
  const asked = { removed: 0, listed: 0 }
  const docker: DockerEngine = {
    ...engineThatAnswers({}),
    helpers: async () => {
      asked.listed += 1
      return []
    },
    containersLabelled: async () => [],
    imagesLabelled: async () => [],
    remove: async () => {
      const answer = answers[asked.removed]
      asked.removed += 1
      if (answer)
        throw answer
    },
  }
  return { docker, asked }
}

it('what could not be removed is removed when its engine answers again, and no other', async () => {
  const temporary = removal()
  const { docker, asked } = engineThatRemoves(failure('ENGINE_UNREACHABLE'), failure('ENGINE_ASLEEP'))
  await temporary.remove(docker, ID)
  const other = engineThatRemoves()
  temporary.reached({ ...other.docker, endpoint: { origin: 'a test', address: 'unix:///elsewhere' } })
  temporary.reached(docker)
  await vi.waitUntil(() => asked.removed === 2)
  temporary.reached(docker)
  await vi.waitUntil(() => asked.removed === 3)
  temporary.reached(docker)
  await Promise.resolve()
  expect([asked.removed, other.asked.removed]).toEqual([3, 0])
})

it.each(['CONTAINER_GONE', 'ENGINE_REFUSED'])('an engine that says no is not asked again: %s', async (code) => {
  const temporary = removal()
  const { docker, asked } = engineThatRemoves(failure(code))
  await temporary.remove(docker, ID)
  temporary.reached(docker)
  await Promise.resolve()
  expect(asked.removed).toBe(1)
})

it('what others left is looked for once on each engine, again where that failed, and only with leave', async () => {
  const temporary = removal()
  const { docker, asked } = engineThatRemoves()
  temporary.reached(docker)
  expect(asked.listed).toBe(0)
  temporary.permit()
  let isAway = true
  const shaky: DockerEngine = { ...docker, imagesLabelled: async () => isAway ? Promise.reject(failure('ENGINE_LOST')) : [] }
  temporary.reached(shaky)
  await vi.waitUntil(() => asked.listed === 1)
  await new Promise(setImmediate)
  isAway = false
  temporary.reached(shaky)
  await new Promise(setImmediate)
  temporary.reached(shaky)
  expect(asked.listed).toBe(2)
  temporary.end()
})
