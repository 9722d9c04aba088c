import { beforeEach, describe, expect, it } from 'vitest'
import { connectPages } from '../../../electron/wire-ipc'
import type { HostWire } from '../../../shared/contract/wire'
import { FakeContents } from './fake-contents'

const CALL = { frame: 'call', id: 0, name: 'host.describe', input: {} }

/** As Electron's WebFrameMain is between the end of its document and its own. */
const GOING = {
  get parent(): null {
    throw new Error('Render frame was disposed before WebFrameMain could be accessed')
  },
  url: 'app://isoscope/index.html',
}

let contents: FakeContents
/** What each document's wire has heard and whether it was closed, in the order of the documents. */
let pages: { wire: HostWire, heard: unknown[], closes: number }[]

beforeEach(() => {
  contents = new FakeContents()
  pages = []
  connectPages(contents, (wire) => {
    const page = { wire, heard: new Array<unknown>(), closes: 0 }
    wire.onFrame(frame => page.heard.push(frame))
    wire.onClose(() => { page.closes += 1 })
    pages.push(page)
  })
})

const closes = (): number[] => pages.map(page => page.closes)
const heard = (): unknown[][] => pages.map(page => page.heard)

describe('who is heard', () => {
  beforeEach(() => { contents.emit('did-navigate') })

  it('hears the page in the main frame', () => {
    contents.say(JSON.stringify(CALL))
    expect(heard()).toEqual([[CALL]])
  })

  it.each([
    ['a frame inside the page', { parent: {}, url: 'app://isoscope/index.html' }],
    ['another host of our scheme', { parent: null, url: 'app://isoscope.evil/index.html' }],
    ['a host that hides ours in its user part', { parent: null, url: 'app://isoscope:x@evil/index.html' }],
    ['a web page', { parent: null, url: 'https://isoscope/index.html' }],
    ['a file', { parent: null, url: 'file:///index.html' }],
    ['an error page', { parent: null, url: 'chrome-error://chromewebdata/' }],
    ['a frame that is already gone', null],
    ['a frame that throws because it went just now', GOING],
  ])('does not hear %s', (_who, sender) => {
    contents.say(JSON.stringify(CALL), sender)
    expect(heard()).toEqual([[]])
  })

  it.each([
    ['an object instead of text', CALL],
    ['text that is not JSON', '{"frame":'],
    ['nothing', undefined],
    ['a message of a megabyte', JSON.stringify({ ...CALL, input: 'x'.repeat(1024 * 1024) })],
  ])('takes %s for no frame', (_what, text) => {
    contents.say(text)
    expect(heard()).toEqual([[undefined]])
  })

  it('carries the longest request that the contract has', () => {
    const longest = { ...CALL, name: 'files.list', input: { names: new Array(64).fill('\u0001'.repeat(1024)) } }
    contents.say(JSON.stringify(longest))
    expect(heard()).toEqual([[longest]])
  })
})

describe('when a document is gone', () => {
  beforeEach(() => { contents.emit('did-navigate') })

  it('closes its wire and opens another one when the window shows a new document', () => {
    contents.emit('did-navigate')
    contents.say(JSON.stringify(CALL))
    expect({ closes: closes(), heard: heard() }).toEqual({ closes: [1, 0], heard: [[], [CALL]] })
  })

  it.each(['render-process-gone', 'destroyed'])('closes its wire once on %s', (event) => {
    contents.emit(event)
    contents.emit('destroyed')
    expect(closes()).toEqual([1])
  })

  it.each([
    ['closes its wire when an error page took its place', -300, true, 1],
    ['keeps its wire when a navigation was given up', -3, true, 0],
    ['keeps its wire when a frame in it could not be loaded', -300, false, 0],
  ])('%s', (_what, code, isMainFrame, expected) => {
    contents.emit('did-fail-load', {}, code, '', 'about:srcdoc', isMainFrame)
    expect(closes()).toEqual([expected])
  })

  it('sends it nothing any more', () => {
    const end = { frame: 'end', id: 1 } as const
    pages[0]?.wire.send(end)
    contents.emit('did-navigate')
    pages[0]?.wire.send({ frame: 'end', id: 2 })
    expect(contents.sent).toEqual([end])
  })

  it('hears nothing between a crash and the next document', () => {
    contents.emit('render-process-gone')
    contents.say(JSON.stringify(CALL))
    expect(heard()).toEqual([[]])
  })
})
