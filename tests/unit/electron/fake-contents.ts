import { EventEmitter } from 'node:events'
import type { PageContents } from '../../../electron/wire-ipc'

type Sender = { parent: object | null, url: string } | null

const OUR_PAGE: Sender = { parent: null, url: 'app://isoscope/index.html#/' }

/** Stands in for Electron's WebContents: its events are emitted by the test, what is sent to the page is kept. */
export class FakeContents extends EventEmitter implements PageContents {
  readonly sent: unknown[] = []
  private readonly channel = new EventEmitter()
  readonly ipc = {
    on: (channel: string, listener: (event: { senderFrame: Sender }, text: unknown) => void): unknown => this.channel.on(channel, listener),
  }

  send(_channel: string, text: string): void {
    this.sent.push(JSON.parse(text))
  }

  /** A message of the page, as its preload sends it. */
  say(text: unknown, senderFrame: Sender = OUR_PAGE): void {
    this.channel.emit('isoscope', { senderFrame }, text)
  }
}
