import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { isLeftover } from '../../../../engine/sources/helper/leftover'
import { holderOf, type LookAtProcess, ownerOf } from '../../../../engine/sources/owner'

/** PID 1 runs, and began at tick 100; nothing else is there. */
const onLinux: LookAtProcess = pid => pid === 1 ? { begun: 'aaaaaaaaaaaa-100' } : null
/** The same where nobody tells when it began. */
const elsewhere: LookAtProcess = pid => pid === 1 ? { begun: null } : null

describe('who put a label on something', () => {
  const owner = ownerOf('here', 1, onLinux)
  const computer = owner.token.split(':')[0] ?? ''

  it.each([
    ['runs', `${computer}:1:aaaaaaaaaaaa-100`, 'runs'],
    ['is a program that was given the same PID later', `${computer}:1:aaaaaaaaaaaa-99`, 'ended'],
    ['has ended', `${computer}:2:aaaaaaaaaaaa-100`, 'ended'],
    ['is in another PID namespace, or on another computer of that name, where PID 2 may run', `${computer}:2:bbbbbbbbbbbb-100`, 'elsewhere'],
    ['was an older version, which said the PID alone, and runs', `${computer}:1`, 'runs'],
    ['was an older version, which said the PID alone, and has ended', `${computer}:2`, 'ended'],
    ['is on another computer', ownerOf('there', 1, onLinux).token, 'elsewhere'],
    ['says nothing that can be read', 'x', 'elsewhere'],
    ['does not say who it is', undefined, 'elsewhere'],
  ])('%s', (_, token, expected) => {
    expect(holderOf(token, owner)).toBe(expected)
  })

  it('is known by the PID alone where nobody tells when a process began', () => {
    const untold = ownerOf('here', 1, elsewhere)
    expect(untold.token).toBe(`${computer}:1`)
    expect([untold.token, `${computer}:2`, owner.token].map(token => holderOf(token, untold))).toEqual(['runs', 'ended', 'elsewhere'])
  })

  it('is this process itself, and no other after it has ended', async () => {
    const child = spawn('sleep', ['100'])
    await once(child, 'spawn')
    const me = ownerOf('here', process.pid)
    const { token } = ownerOf('here', child.pid ?? 0)
    expect([holderOf(me.token, me), holderOf(token, me)]).toEqual(['runs', 'runs'])
    child.kill()
    await once(child, 'exit')
    expect(holderOf(token, me)).toBe('ended')
  })
})

describe('a helper container that was left behind', () => {
  const owner = ownerOf('here', 1, onLinux)
  const NOW = 1_700_000_000_000
  const found = (host: string, pid: number, State: string, agoMs: number): boolean => isLeftover(
    { Id: 'a', State, Created: (NOW - agoMs) / 1000, Labels: { 'io.isoscope.helper.owner': ownerOf(host, pid, onLinux).token } }, owner, NOW)

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
    expect([5_000, 601_000].map(agoMs => isLeftover({ Id: 'a', State: 'exited', Created: (NOW - agoMs) / 1000, Labels: {} }, owner, NOW))).toEqual([false, true])
  })
})
