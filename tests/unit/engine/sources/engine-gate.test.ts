import { describe, expect, it } from 'vitest'
import { requestPath } from '../../../../engine/sources/engine-gate'

describe('the engine gate', () => {
  const id = 'a'.repeat(64)

  it('forms the requests that read', () => {
    expect([
      requestPath({ route: 'list', query: { all: '1' } }),
      requestPath({ route: 'changes', id }),
      requestPath({ route: 'logs', id, query: { follow: '1', stdout: '1', stderr: '1', timestamps: '1', tail: '10', since: '1.5' } }),
    ]).toEqual(['/containers/json', `/containers/${id}/changes`, `/containers/${id}/logs`])
  })

  it.each(['', 'nodeapp', '../info', id.toUpperCase(), `${id}/../..`, `${id}\n`, undefined])('refuses the id %j', (bad) => {
    expect(() => requestPath(bad === undefined ? { route: 'inspect' } : { route: 'inspect', id: bad })).toThrow('does not ask')
  })

  it('refuses a query key that is not of the route, and an id where none belongs', () => {
    expect(() => requestPath({ route: 'inspect', id, query: { size: '1' } })).toThrow('does not ask')
    expect(() => requestPath({ route: 'logs', id, query: { details: '1' } })).toThrow('does not ask')
    expect(() => requestPath({ route: 'info', id })).toThrow('does not ask')
  })
})
