import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { createActionLog } from '../../../../engine/actions/action-log'
import { createShellSessions } from '../../../../engine/shell/shell-sessions'
import { readingOf, type Terminal } from '../../../../engine/shell/terminal'
import type { ShellItem } from '../../../../shared/model/shell'

const ENDED = { exitCode: 129, isContainerGone: false }
const { signal } = new AbortController()

/** A terminal whose connection says nothing and does not end by itself. */
function silent(howItEnded: Terminal['howItEnded']): { stream: PassThrough, open: () => Promise<Terminal> } {
  const stream = new PassThrough()
  return { stream, open: () => Promise.resolve({ ...readingOf(stream), resize: () => Promise.resolve(), end: () => Promise.resolve(), howItEnded }) }
}

function opened(open: () => Promise<Terminal>) {
  const sessions = createShellSessions(createActionLog(() => new Date(0)))
  return { sessions, items: sessions.open(() => Promise.resolve({ engine: 'unix:///var/run/docker.sock', command: 'docker exec -it web sh', open }), signal) }
}

async function firstOf(items: AsyncGenerator<ShellItem>): Promise<Extract<ShellItem, { item: 'opened' }>> {
  const { value } = await items.next()
  if (value?.item !== 'opened')
    throw new Error('The terminal is not open.')
  return value
}

it('a terminal that is closed says how it ended, also when its connection is cut before that has ended', async () => {
  const { sessions, items } = opened(silent(() => Promise.resolve(ENDED)).open)
  const { sessionId } = await firstOf(items)
  await sessions.close(sessionId)
  expect(await items.next()).toEqual({ done: false, value: { item: 'ended', ...ENDED } })
  expect(await items.next()).toMatchObject({ done: true })
})

it('one whose connection is cut while nobody closes it is lost', async () => {
  const { stream, open } = silent(() => Promise.resolve(ENDED))
  const { items } = opened(open)
  await firstOf(items)
  stream.destroy()
  await expect(items.next()).rejects.toMatchObject({ problem: { code: 'SHELL_LOST' } })
})

it('one that is closed while the engine goes away is lost', async () => {
  const { sessions, items } = opened(silent(() => Promise.reject(new Error('The engine does not answer'))).open)
  const { sessionId } = await firstOf(items)
  await sessions.close(sessionId)
  await expect(items.next()).rejects.toMatchObject({ problem: { code: 'SHELL_LOST' } })
})
