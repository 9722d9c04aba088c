import { describe, expect, it } from 'vitest'
import { latestOnly } from '../../../engine/latest-only'

const open = (): AbortSignal => new AbortController().signal

describe('latestOnly', () => {
  it('gives a slow reader the newest item only', async () => {
    let show: (item: number) => void = () => {}
    const items = latestOnly<number>(open(), async (give, signal) => {
      show = give
      await new Promise(resolve => signal.addEventListener('abort', resolve))
    })
    const first = items.next()
    show(1)
    expect(await first).toEqual({ done: false, value: 1 })
    for (const n of [2, 3, 4])
      show(n)
    expect(await items.next()).toEqual({ done: false, value: 4 })
    await items.return(undefined)
  })

  it('ends its producer when the reader leaves', async () => {
    let hasEnded = false
    const items = latestOnly<number>(open(), async (give, signal) => {
      give(1)
      await new Promise(resolve => signal.addEventListener('abort', resolve))
      hasEnded = true
    })
    await items.next()
    await items.return(undefined)
    expect(hasEnded).toBe(true)
  })

  it('ends when the caller aborts', async () => {
    const stop = new AbortController()
    const items = latestOnly<number>(stop.signal, (_, signal) => new Promise(resolve => signal.addEventListener('abort', () => resolve())))
    const next = items.next()
    stop.abort()
    expect(await next).toEqual({ done: true, value: undefined })
  })

  it('throws what its producer threw, after the last item', async () => {
    const items = latestOnly<number>(open(), async (give) => {
      give(1)
      throw new Error('lost')
    })
    expect((await items.next()).value).toBe(1)
    await expect(items.next()).rejects.toThrow('lost')
  })
})
