import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { actionRequest } from '../../../../engine/sources/action-gate'
import { isLeftover, ownerOf } from '../../../../engine/sources/helper/owner'

const ID = 'a'.repeat(64)
const IMAGE = `sha256:${'b'.repeat(64)}`
const OWNER = '0123456789ab:4321'

describe('what Isoscope may do to an engine', () => {
  it('is these requests and no other', () => {
    const requests = [
      actionRequest({ action: 'load', tar: Buffer.from('tar') }),
      actionRequest({ action: 'create', image: IMAGE, owner: OWNER }),
      ...(['attach', 'start', 'remove'] as const).map(action => actionRequest({ action, id: ID })),
    ]
    expect(requests.map(({ method, path, query }) => `${method} ${path}?${new URLSearchParams(query)}`)).toEqual([
      'POST /images/load?quiet=1',
      'POST /containers/create?',
      `POST /containers/${ID}/attach?stream=1&stdin=1&stdout=1`,
      `POST /containers/${ID}/start?`,
      `DELETE /containers/${ID}?force=1&v=1`,
    ])
  })

  it('needs the whole id of a container', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.constantFrom('../info', `${ID}/../x`, `${ID}\n`, ID.slice(1), ID.toUpperCase(), `${ID}?x`)), (id) => {
      for (const action of ['attach', 'start', 'remove'] as const)
        expect(() => actionRequest({ action, id })).toThrow('does not ask')
    }))
  })

  it.each(['alpine', 'sha256:abc', 'isoscope-helper', 'isoscope-helper:latest', `evil/isoscope-helper:${'a'.repeat(12)}`, `${IMAGE}\n`, ''])('never creates a container of %j', (image) => {
    expect(() => actionRequest({ action: 'create', image, owner: OWNER })).toThrow('does not ask')
  })

  it.each(['isoscope-helper:0123456789ab', 'localhost/isoscope-helper:0123456789ab', 'docker.io/library/isoscope-helper:0123456789ab'])('creates one of %s, as an engine may name what it loaded', (image) => {
    expect(actionRequest({ action: 'create', image, owner: OWNER }).body).toMatchObject({ json: { Image: image } })
  })

  it('gives a container no volume, no device, no port and no privilege, whatever is asked', () => {
    const { body } = actionRequest({ action: 'create', image: IMAGE, owner: OWNER })
    const text = JSON.stringify(body)
    expect(text).not.toMatch(/Privileged|Binds|Mounts|Devices|PortBindings|Volumes|VolumesFrom|SYS_ADMIN|seccomp/)
  })

  it('labels a container with its owner, who is told by a digest and a PID', () => {
    expect(() => actionRequest({ action: 'create', image: IMAGE, owner: 'my-laptop:1' })).toThrow('does not ask')
    const { token } = ownerOf('my-laptop', 1)
    const { body } = actionRequest({ action: 'create', image: IMAGE, owner: token })
    expect(JSON.stringify(body)).not.toContain('my-laptop')
  })
})

describe('a helper container that was left behind', () => {
  const owner = { ...ownerOf('here', 1), isRunning: (pid: number) => pid === 1 }
  const NOW = 1_700_000_000_000
  const found = (host: string, pid: number, State: string, agoMs: number): boolean => isLeftover(
    { Id: ID, State, Created: (NOW - agoMs) / 1000, Labels: { 'io.isoscope.helper.owner': ownerOf(host, pid).token } }, owner, NOW)

  it.each<[host: string, pid: number, state: string, agoMs: number, isLeft: boolean]>([
    ['here', 1, 'running', 0, false],
    ['here', 1, 'created', 10 ** 9, false],
    ['here', 2, 'running', 0, true],
    ['here', 2, 'created', 0, true],
    ['there', 2, 'running', 10 ** 9, false],
    ['there', 2, 'created', 5_000, false],
    ['there', 2, 'created', 601_000, true],
    ['there', 2, 'exited', 601_000, true],
  ])('of %s, PID %i, %s, made %i ms ago: %s', (host, pid, state, agoMs, isLeft) => {
    expect(found(host, pid, state, agoMs)).toBe(isLeft)
  })

  it('is judged by its age alone where it does not say whose it is', () => {
    expect([5_000, 601_000].map(agoMs => isLeftover({ Id: ID, State: 'exited', Created: (NOW - agoMs) / 1000, Labels: {} }, owner, NOW))).toEqual([false, true])
  })
})
