import { beforeEach, expect, it } from 'vitest'
import { ENGINE_PROCESS_LOST } from '../../../electron/engine-lost'
import type { EngineConnection, PackedReply } from '../../../electron/engine-wire'
import { relayEngineCalls } from '../../../electron/relay-engine-calls'
import type { Reply } from '../../../shared/contract/wire'

/** One connection to an engine's process, played by the test. */
interface Played {
  heard: unknown[]
  closes: number
  reply: (reply: PackedReply) => void
  lose: () => void
}

let say: (frame: unknown) => void
let leave: () => void
/** What the page was sent, and what was left for the main process. */
let sent: unknown[]
let own: unknown[]
let connections: Played[]

beforeEach(() => {
  sent = []
  own = []
  connections = []
  relayEngineCalls({
    send: (reply: Reply) => sent.push(reply),
    sendText: text => sent.push(text),
    onFrame: (listener) => { say = listener },
    onClose: (listener) => { leave = listener },
  }, { connect: async () => connect() }).onFrame(frame => own.push(frame))
})

function connect(): EngineConnection {
  const played: Played = { heard: [], closes: 0, reply: () => {}, lose: () => {} }
  connections.push(played)
  return {
    send: frame => played.heard.push(frame),
    onReply: (listener) => { played.reply = listener },
    onLost: (listener) => { played.lose = listener },
    close: () => { played.closes += 1 },
  }
}

/** Lets everything that waits for a connection go on. */
const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

const call = (id: number, name: string): object => ({ frame: 'call', id, name, input: {} })
const heard = (): unknown[][] => connections.map(connection => connection.heard)

it('passes the engine\'s calls on, in order, and leaves the others to the main process', async () => {
  const frames = [call(1, 'engine.status'), call(2, 'host.describe'), call(3, 'containers.watch'), { frame: 'more', id: 3, count: 8 }, { frame: 'more', id: 2, count: 8 }, { frame: 'cancel', id: 3 }]
  frames.forEach(frame => say(frame))
  await settled()
  expect({ heard: heard(), own }).toEqual({ heard: [[frames[0], frames[2], frames[3], frames[5]]], own: [frames[1], frames[4]] })
})

it.each([undefined, 7, 'text', null, [], { frame: 'call' }, call(1, 'report.make'), call(1, 'constructor'), call(1, '__proto__'), call(-1, 'engine.status')])('never passes on %j', async (frame) => {
  say(frame)
  await settled()
  expect({ heard: heard(), own }).toEqual({ heard: [[]], own: [frame] })
})

it('gives the page the replies as the text that they are', async () => {
  say(call(1, 'engine.status'))
  await settled()
  connections[0]?.reply({ id: 1, isLast: true, text: '{"not":"read"}' })
  expect(sent).toEqual(['{"not":"read"}'])
})

it('fails the calls that ran when the process was lost, once, and sends the next to the next process', async () => {
  say(call(1, 'engine.status'))
  say(call(2, 'containers.watch'))
  say(call(3, 'snapshot.take'))
  await settled()
  connections[0]?.reply({ id: 1, isLast: true, text: 'done' })
  connections[0]?.reply({ id: 2, isLast: false, text: 'item' })
  say({ frame: 'cancel', id: 3 })
  await settled()
  connections[0]?.lose()
  say(call(4, 'engine.status'))
  await settled()
  expect({ sent, heard: heard()[1] }).toEqual({
    sent: ['done', 'item', { frame: 'failure', id: 2, problem: ENGINE_PROCESS_LOST }],
    heard: [call(4, 'engine.status')],
  })
})

it('closes its connection with the page, and looks for no other one', async () => {
  await settled()
  leave()
  await settled()
  connections[0]?.lose()
  await settled()
  expect(connections.map(({ closes }) => closes)).toEqual([1])
})
