import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createClient } from '../../shared/contract/client'
import type { Client } from '../../shared/contract/define'
import { serve } from '../../shared/contract/serve'
import { STREAM_WINDOW } from '../../shared/contract/wire'
import { openPipe, type Pipe, type PipeName } from './pipes'
import { nothingSeen, type Seen, type TinyContract, tinyContract, tinyHandlers } from './tiny-contract'

const names: PipeName[] = ['memory', 'websocket', 'ipc']

describe.each(names)('the contract over %s', (name) => {
  let pipe: Pipe
  let allowsActions: boolean
  let seen: Seen
  let client: Client<TinyContract>

  beforeEach(async () => {
    pipe = await openPipe[name]()
    seen = nothingSeen()
    allowsActions = false
    serve(tinyContract, tinyHandlers(seen), pipe.host, { onError: error => seen.bugs.push(error), get allowsActions() { return allowsActions } })
    client = createClient<TinyContract>(pipe.page)
  })
  afterEach(() => pipe.release())

  /** A frame that the typed client cannot make, and the first answer to it. */
  function ask(id: number, frame: Record<string, unknown>): Promise<unknown> {
    const answer = new Promise(resolve => pipe.page.onFrame((reply) => {
      if (reply.id === id)
        resolve(reply)
    }))
    pipe.page.send({ frame: 'call', id, input: {}, ...frame })
    return answer
  }

  it('answers a query', async () => {
    expect(await client.call('text.repeat', { text: 'ab', times: 3 })).toBe('ababab')
  })

  it('refuses an action where none is allowed, before anything hears of it, and does it where it is', async () => {
    await expect(client.call('engine.change', { to: 'never' })).rejects.toMatchObject({ problem: { code: 'ACTIONS_OFF', fix: expect.stringContaining('--allow-actions') } })
    await expect(client.stream('engine.changeTo', { to: 'never' })[Symbol.asyncIterator]().next()).rejects.toMatchObject({ problem: { code: 'ACTIONS_OFF' } })
    allowsActions = true
    expect(await client.call('engine.change', { to: 'now' })).toBeNull()
    for await (const item of client.stream('engine.changeTo', { to: 'step by step' }))
      expect(item).toBe('step by step')
    expect(seen.changes).toEqual(['now', 'step by step'])
  })

  it('answers many queries at once, each with its own answer', async () => {
    const times = Array.from({ length: 50 }, (_, index) => index)
    const answers = await Promise.all(times.map(count => client.call('text.repeat', { text: 'x', times: count })))
    expect(answers).toEqual(times.map(count => 'x'.repeat(count)))
  })

  it('carries an answer of a megabyte, and every kind of character', async () => {
    const text = '\u{1F310}\u202E\u0000"\\\n'
    expect(await client.call('text.repeat', { text, times: 150_000 })).toBe(text.repeat(150_000))
  })

  it('gives a handler only the fields that the contract names', async () => {
    expect(await ask(1000, { name: 'input.show', input: { known: 'a', unknown: 'b' } }))
      .toEqual({ frame: 'result', id: 1000, value: '{"known":"a"}' })
  })

  it('names the field when an input is wrong', async () => {
    expect(await ask(1000, { name: 'text.repeat', input: { text: 'a', times: 'many' } })).toMatchObject({
      frame: 'failure',
      problem: { code: 'CALL_BAD_INPUT', what: expect.stringContaining('text.repeat: times: ') },
    })
  })

  it.each(['no.such', '__proto__', 'constructor', 'toString', 'hasOwnProperty', ''])('refuses the call %j', async (call) => {
    expect(await ask(1000, { name: call })).toMatchObject({ frame: 'failure', problem: { code: 'CALL_UNKNOWN' } })
  })

  it('refuses a number that is in use', async () => {
    void client.call('end.await', {}).catch(() => {})
    expect(await ask(0, { name: 'end.await' })).toMatchObject({ frame: 'failure', problem: { code: 'CALL_REFUSED' } })
  })

  it('refuses the 65th call at once', async () => {
    for (let count = 0; count < 64; count += 1)
      void client.call('end.await', {}).catch(() => {})
    await expect(client.call('input.show', { known: 'a' })).rejects.toMatchObject({ problem: { code: 'CALL_REFUSED' } })
  })

  it.each([
    { id: -1 }, { id: 1.5 }, { id: 2 ** 53 }, { id: '1' }, { id: { toString: 1 } }, { frame: 'result', id: 1 }, { frame: 'more', id: 0, count: 0 }, { frame: 'cancel', id: 77 },
  ])('drops the frame %j and lives on', async (frame) => {
    void ask(1000, { name: 'input.show', input: { known: 'a' }, ...frame })
    expect(await client.call('text.repeat', { text: 'ok', times: 1 })).toBe('ok')
  })

  it('carries a Problem as it is', async () => {
    await expect(client.call('problem.raise', {})).rejects.toMatchObject({ problem: { code: 'TEST_PROBLEM', what: 'It is "so".', fix: 'Do this.' } })
  })

  it('tells the page of a bug only that there was one', async () => {
    const failure = await ask(1000, { name: 'bug.raise' })
    expect(failure).toMatchObject({ frame: 'failure', problem: { code: 'HOST_FAILED' } })
    expect(JSON.stringify(failure)).not.toContain('secret detail')
    expect(seen.bugs).toEqual([new TypeError('secret detail')])
  })

  it('carries a stream to its end, in order', async () => {
    const items: number[] = []
    for await (const item of client.stream('numbers.count', { to: 1000 }))
      items.push(item)
    expect(items).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1))
    expect(seen).toMatchObject({ produced: 1000, ended: 1 })
  })

  it('throws in the reader when a stream fails', async () => {
    const items: number[] = []
    const reading = (async () => {
      for await (const item of client.stream('numbers.break', {}))
        items.push(item)
    })()
    await expect(reading).rejects.toMatchObject({ problem: { code: 'TEST_BROKEN' } })
    expect(items).toEqual([1])
  })

  it('stops a fast producer whose reader has stopped', async () => {
    const stream = client.stream('numbers.count', { to: 1_000_000 })[Symbol.asyncIterator]()
    for (let count = 0; count < 50; count += 1)
      await stream.next()
    // A round trip later whatever was going to be produced has been.
    await client.call('text.repeat', { text: '', times: 1 })
    expect(seen.produced).toBeLessThanOrEqual(50 + 2 * STREAM_WINDOW)
    expect((await stream.next()).value).toBe(51)
    await stream.return?.()
  })

  it('ends the host\'s generator when the reader leaves', async () => {
    for await (const item of client.stream('numbers.count', { to: 1_000_000 })) {
      if (item === 40)
        break
    }
    await vi.waitFor(() => expect(seen.ended).toBe(1))
    expect(seen.produced).toBeLessThanOrEqual(40 + 2 * STREAM_WINDOW)
  })

  it('ends the host\'s work when a call is aborted', async () => {
    const abort = new AbortController()
    const call = client.call('end.await', {}, { signal: abort.signal })
    await vi.waitFor(() => expect(seen.started).toBe(1))
    abort.abort(new Error('enough'))
    await expect(call).rejects.toThrow('enough')
    await vi.waitFor(() => expect(seen.ended).toBe(1))
  })

  it('ends everything when the wire is cut', async () => {
    const call = client.call('end.await', {})
    const stream = client.stream('numbers.count', { to: 1_000_000 })[Symbol.asyncIterator]()
    await stream.next()
    await vi.waitFor(() => expect(seen.started).toBe(2))
    pipe.cut()
    await expect(call).rejects.toMatchObject({ problem: { code: 'HOST_LOST' } })
    await vi.waitFor(() => expect(seen.ended).toBe(2))
    await expect(client.call('input.show', { known: 'late' })).rejects.toMatchObject({ problem: { code: 'HOST_LOST' } })
    expect(seen.bugs).toEqual([])
  })
})
