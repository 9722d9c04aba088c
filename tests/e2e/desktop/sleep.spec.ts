import type { ServerResponse } from 'node:http'
import { listed, startFakeEngine } from '../../support/fake-engine'
import { expect, test } from './desktop-app'

test('a computer that slept opens its streams anew, lists once, and says nothing of it', async ({ launchIn }) => {
  const events: ServerResponse[] = []
  let name = 'before'
  let lists = 0
  const engine = await startFakeEngine({
    '/containers/json': (request, response) => {
      // What an earlier Isoscope left is looked for too, by its label.
      lists += request.url?.includes('filters=') ? 0 : 1
      response.end(JSON.stringify([listed(name)]))
    },
    '/events': (_request, response) => {
      events.push(response)
      response.writeHead(200).flushHeaders()
    },
  })
  try {
    const { app, page, console: heard } = await launchIn({ env: { DOCKER_HOST: engine.address } })
    const row = (name: string) => page.getByRole('main').getByRole('row', { name })
    await expect(row('before')).toBeVisible()
    await app.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'))
    // Of this no event comes: the connection that would bring it is open on one side alone, as after a sleep.
    name = 'meanwhile'
    expect([lists, events.length]).toEqual([1, 1])
    await app.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'))
    await expect(row('meanwhile')).toBeVisible()
    await expect(row('before')).toHaveCount(0)
    expect([lists, events.map(({ destroyed }) => destroyed)]).toEqual([2, [true, false]])
    // What happens from now on is heard.
    name = 'after'
    events[1]?.write('{"Action":"start"}\n')
    await expect(row('after')).toBeVisible()
    expect([await page.getByRole('group', { name: 'Problem' }).count(), heard]).toEqual([0, []])
  }
  finally {
    await engine.end()
  }
})
