import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { Snapshot } from '../shared/model/snapshot'
import type { Taker, Viewpoint } from './take'

const PROGRAM = fileURLToPath(new URL('taker-process.mjs', import.meta.url))
const Answer = z.union([z.object({ snapshot: Snapshot }), z.object({ error: z.string() })])

export interface OrdinaryUser {
  readonly uid: number
  readonly gid: number
  /** Supplementary groups: the one of the engine's socket, say. */
  readonly groups: readonly number[]
}

/** Snapshots by a process of that user. Needs root, to become another. */
export function takerAs(user: OrdinaryUser, viewpoint: Viewpoint): Taker {
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify({ ...user, viewpoint })], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'close')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    take: async (containerId) => {
      child.stdin.write(`${containerId}\n`)
      const { value, done } = await lines.next()
      if (done)
        throw new Error('the process that takes snapshots as another user ended')
      const answer = Answer.parse(JSON.parse(value))
      if ('error' in answer)
        throw new Error(answer.error)
      return answer.snapshot
    },
    // It ends by itself after the last question, and takes a helper container with it.
    end: async () => {
      child.stdin.end()
      await ended
    },
  }
}
