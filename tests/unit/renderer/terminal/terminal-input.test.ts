import { describe, expect, it, vi } from 'vitest'
import { createShellInput } from '../../../../renderer/stores/shell-input'
import { linesThatRun, pastedText } from '../../../../renderer/terminal/pasted-text'
import { terminalKey } from '../../../../renderer/terminal/terminal-keys'
import { MAX_SHELL_INPUT } from '../../../../shared/model/shell'

describe('what is typed', () => {
  /** A host that takes one piece when it is told to. */
  function slowHost() {
    const sent: string[] = []
    let take = (): void => {}
    const send = (data: string): Promise<void> => {
      sent.push(data)
      return new Promise((resolve) => { take = resolve })
    }
    return { sent, send, take: () => { take() } }
  }

  it('is sent in order, one call at a time, in pieces that every wire carries', async () => {
    const { sent, send, take } = slowHost()
    const input = createShellInput(send, (error) => { throw error })
    const long = `${'x'.repeat(MAX_SHELL_INPUT - 1)}😀end`
    input.type('l')
    input.type('s')
    input.type(long)
    expect(sent).toEqual(['l'])
    take()
    await vi.waitFor(() => expect(sent).toHaveLength(2))
    take()
    await vi.waitFor(() => expect(sent).toHaveLength(3))
    expect(sent.join('')).toBe(`ls${long}`)
    expect(sent.every(piece => piece.length <= MAX_SHELL_INPUT && !/[\uD800-\uDBFF]$/.test(piece))).toBe(true)
  })

  it('is forgotten by Ctrl+C where it was not sent yet', async () => {
    const { sent, send, take } = slowHost()
    const input = createShellInput(send, (error) => { throw error })
    input.type('a')
    input.type('b'.repeat(100_000))
    input.type('\x03')
    take()
    await vi.waitFor(() => expect(sent).toEqual(['a', '\x03']))
  })

  it('tells of a failure once, and of none after its end', async () => {
    const onFailed = vi.fn()
    const input = createShellInput(() => Promise.reject(new Error('gone')), onFailed)
    input.type('a')
    await vi.waitFor(() => expect(onFailed).toHaveBeenCalledOnce())
    input.end()
    input.type('b')
    expect(onFailed).toHaveBeenCalledOnce()
  })
})

it.each([
  ['one\ntwo\r\nthree\rfour', 'one\rtwo\rthree\rfour', 3],
  ['tab\tstays', 'tab\tstays', 0],
  ['ends\u001b[201~ a paste\u009b201~', 'ends[201~ a paste201~', 0],
  ['\u0003\u0004\u0000\u007f', '', 0],
  ['ü 😀', 'ü 😀', 0],
])('%j is pasted as %j', (text, pasted, lines) => {
  expect(pastedText(text)).toBe(pasted)
  expect(linesThatRun(pastedText(text))).toBe(lines)
})

it.each([
  [{ code: 'KeyC', ctrlKey: true, shiftKey: true }, 'copy'],
  [{ code: 'KeyV', ctrlKey: true, shiftKey: true }, 'paste'],
  [{ code: 'KeyE', ctrlKey: true, shiftKey: true }, 'leave'],
  [{ code: 'KeyC', ctrlKey: true }, null],
  [{ code: 'KeyC', ctrlKey: true, shiftKey: true, altKey: true }, null],
  [{ code: 'KeyC', metaKey: true }, null],
])('%j is %s', (init, key) => {
  expect(terminalKey(new KeyboardEvent('keydown', init))).toBe(key)
})
