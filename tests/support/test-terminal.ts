import { vi } from 'vitest'
import type { Service } from '../../engine/service'
import type { ShellItem } from '../../shared/model/shell'

/** A terminal as a page has it: what came of it, and how to type into it. */
export class TestTerminal {
  text = ''
  ended: Extract<ShellItem, { item: 'ended' }> | null = null
  error: unknown = null
  outputBytes = 0
  isHeld = false
  sessionId = ''
  readonly #stop = new AbortController()
  readonly #handlers: Service['handlers']
  readonly opened: Promise<void>
  readonly over: Promise<void>
  #resume = (): void => {}

  constructor(handlers: Service['handlers'], begin: (signal: AbortSignal) => AsyncIterable<ShellItem>) {
    this.#handlers = handlers
    let open = (): void => {}
    let fail: (error: unknown) => void = () => {}
    this.opened = new Promise((resolve, reject) => {
      open = resolve
      fail = reject
    })
    this.opened.catch(() => {})
    this.over = (async () => {
      try {
        for await (const item of begin(this.#stop.signal)) {
          if (item.item === 'opened') {
            this.sessionId = item.sessionId
            open()
          }
          else if (item.item === 'output') {
            const bytes = Buffer.from(item.base64, 'base64')
            this.outputBytes += bytes.length
            this.text = `${this.text}${bytes.toString('utf8')}`.slice(-100_000)
          }
          else {
            this.ended = item
          }
          if (this.isHeld)
            await new Promise<void>((resolve) => { this.#resume = resolve })
        }
      }
      catch (error) {
        this.error = error
        fail(error)
      }
    })()
  }

  /** The page takes no more, as one that has no time. */
  hold(): void { this.isHeld = true }
  goOn(): void {
    this.isHeld = false
    this.#resume()
  }

  /** The page went away. */
  leave(): void { this.#stop.abort() }
  async type(data: string): Promise<void> { await this.#handlers['shell.write']({ sessionId: this.sessionId, data }, never) }
  async resize(columns: number, rows: number): Promise<void> { await this.#handlers['shell.resize']({ sessionId: this.sessionId, columns, rows }, never) }
  async close(): Promise<void> { await this.#handlers['shell.close']({ sessionId: this.sessionId }, never) }
  shows(expected: string | RegExp): Promise<unknown> {
    return vi.waitUntil(() => typeof expected === 'string' ? this.text.includes(expected) : expected.test(this.text), { timeout: 10_000, interval: 20 })
  }
}

const never = { signal: new AbortController().signal }
