import { expect, it, vi } from 'vitest'
import type { DockerEngine } from '../../../../engine/sources/docker'
import { createTemporaryRemoval } from '../../../../engine/temporary/temporary-removal'
import { ProblemError } from '../../../../shared/model/problem'
import { engineThatAnswers } from '../../../support/scene'

const ID = 'a'.repeat(64)
const failure = (code: string): ProblemError => new ProblemError({ code, what: 'It said no.', fix: 'Try again.' })
const removal = (removeLeftovers = async (): Promise<void> => {}) => createTemporaryRemoval(removeLeftovers)

/** An engine that answers the removal of a container as it is told, and counts how often it was asked. */
function engineThatRemoves(...answers: (ProblemError | null)[]): { docker: DockerEngine, asked: { removed: number } } {
  const asked = { removed: 0 }
  const docker: DockerEngine = {
    ...engineThatAnswers({}),
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
  const answers = [Promise.reject(failure('ENGINE_LOST')), Promise.resolve()]
  let asked = 0
  const temporary = removal(() => answers[asked++] ?? Promise.resolve())
  const docker = engineThatAnswers({})
  temporary.reached(docker)
  expect(asked).toBe(0)
  temporary.permit()
  temporary.reached(docker)
  await new Promise(setImmediate)
  temporary.reached(docker)
  await new Promise(setImmediate)
  temporary.reached(docker)
  expect(asked).toBe(2)
  temporary.reached({ ...docker, endpoint: { origin: 'a test', address: 'unix:///elsewhere' } })
  expect(asked).toBe(3)
  temporary.end()
})
