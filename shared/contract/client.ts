import { type Problem, ProblemError } from '../model/problem'
import type { Client, Contract, Input, Item, Output, CallName, StreamName } from './define'
import type { PageWire, Reply } from './wire'
import { STREAM_WINDOW } from './wire'

const HOST_LOST = { code: 'HOST_LOST', what: 'The connection to Isoscope ended.', fix: 'Start Isoscope again, then reload this page.' }

type Listener = (reply: Reply | 'lost') => void

/**
 * A wire becomes typed calls. Leaving a `for await` loop, or aborting, cancels the stream on the host. When the wire closes, what
 * was asked fails with `lost`.
 */
export function createClient<C extends Contract>(wire: PageWire, lost: Problem = HOST_LOST): Client<C> {
  const listeners = new Map<number, Listener>()
  let nextId = 0
  let isLost = false

  wire.onFrame(reply => listeners.get(reply.id)?.(reply))
  wire.onClose(() => {
    isLost = true
    for (const listener of [...listeners.values()])
      listener('lost')
  })

  function start(name: string, input: unknown, listener: Listener): number {
    const id = nextId++
    if (isLost) {
      queueMicrotask(() => listener('lost'))
      return id
    }
    listeners.set(id, listener)
    wire.send({ frame: 'call', id, name, input })
    return id
  }

  function stop(id: number): void {
    if (listeners.delete(id) && !isLost)
      wire.send({ frame: 'cancel', id })
  }

  function call<N extends CallName<C>>(name: N, input: Input<C, N>, options: { signal?: AbortSignal } = {}): Promise<Output<C, N>> {
    return new Promise((resolve, reject) => {
      const { signal } = options
      if (signal?.aborted)
        return reject(signal.reason)
      const onAbort = (): void => {
        stop(id)
        reject(signal?.reason)
      }
      const id = start(name, input, (reply) => {
        listeners.delete(id)
        signal?.removeEventListener('abort', onAbort)
        if (reply === 'lost')
          reject(new ProblemError(lost))
        else if (reply.frame === 'failure')
          reject(new ProblemError(reply.problem))
        else if (reply.frame === 'result')
          // The host is the same build as the page: its answer has the contract's type.
          resolve(reply.value as Output<C, N>)
      })
      signal?.addEventListener('abort', onAbort, { once: true })
    })
  }

  async function* stream<N extends StreamName<C>>(name: N, input: Input<C, N>, options: { signal?: AbortSignal } = {}): AsyncGenerator<Item<C, N>> {
    const { signal } = options
    const queue: (Reply | 'lost')[] = []
    let wake = (): void => {}
    const id = start(name, input, (reply) => {
      queue.push(reply)
      wake()
    })
    const onAbort = (): void => wake()
    signal?.addEventListener('abort', onAbort)
    let unacknowledged = 0
    try {
      while (!signal?.aborted) {
        const reply = queue.shift()
        if (reply === undefined) {
          await new Promise<void>((resolve) => { wake = resolve })
          continue
        }
        if (reply === 'lost')
          throw new ProblemError(lost)
        if (reply.frame === 'failure')
          throw new ProblemError(reply.problem)
        if (reply.frame === 'end') {
          listeners.delete(id)
          return
        }
        yield (reply.frame === 'item' ? reply.value : undefined) as Item<C, N>
        unacknowledged += 1
        if (unacknowledged === STREAM_WINDOW / 2) {
          wire.send({ frame: 'more', id, count: unacknowledged })
          unacknowledged = 0
        }
      }
    }
    finally {
      signal?.removeEventListener('abort', onAbort)
      stop(id)
    }
  }

  return { call, stream }
}
