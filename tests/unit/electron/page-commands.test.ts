import { expect, it } from 'vitest'
import { createPageCommands } from '../../../electron/page-commands'
import type { HostCommand } from '../../../shared/contract/contract'

const goTo = (page: 'containers' | 'engine' | 'help'): HostCommand => ({ command: 'goTo', page })

async function take(commands: AsyncIterable<HostCommand>, count: number): Promise<HostCommand[]> {
  const taken: HostCommand[] = []
  for await (const command of commands) {
    taken.push(command)
    if (taken.length === count)
      break
  }
  return taken
}

it('keeps commands until a page listens, in order, and brings what comes later', async () => {
  const commands = createPageCommands()
  commands.send(goTo('engine'))
  commands.send(goTo('help'))
  const taken = take(commands.listen(new AbortController().signal), 3)
  await Promise.resolve()
  commands.send(goTo('containers'))
  expect(await taken).toEqual([goTo('engine'), goTo('help'), goTo('containers')])
})

it('keeps the last sixteen of a flood', async () => {
  const commands = createPageCommands()
  const prefixes = Array.from({ length: 40 }, (_, index) => String(index).padStart(12, '0'))
  prefixes.forEach(idPrefix => commands.send({ command: 'openContainer', idPrefix }))
  expect(await take(commands.listen(new AbortController().signal), 16))
    .toEqual(prefixes.slice(-16).map(idPrefix => ({ command: 'openContainer', idPrefix })))
})

it('ends for a page that goes, also when the next one listens already, which gets everything', async () => {
  const commands = createPageCommands()
  const leaving = new AbortController()
  const before = take(commands.listen(leaving.signal), 1)
  const after = take(commands.listen(new AbortController().signal), 1)
  leaving.abort()
  expect(await before).toEqual([])
  commands.send(goTo('help'))
  expect(await after).toEqual([goTo('help')])
})
