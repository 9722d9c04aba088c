import { describe, expect, it } from 'vitest'
import { resolveContainer } from '../../../cli/commands/resolve-container'
import type { Container } from '../../../shared/model/container'

const container = (id: string, name: string): Container =>
  ({ id: id.padEnd(64, '0'), name, image: 'image', command: 'sh', createdAt: '2026-11-24T12:00:00.000Z', state: 'running', status: 'Up', ports: [] })

const web = container('abc1', 'web')
const worker = container('abc2', 'worker')
const misleading = container('fff0', 'abc1')
const containers = [web, worker, misleading]

describe('a container is found', () => {
  it('by its exact name, even when another\'s id begins so', () => {
    expect(resolveContainer(containers, 'abc1')).toBe(misleading)
  })

  it('by its whole id', () => {
    expect(resolveContainer(containers, web.id)).toBe(web)
  })

  it('by the beginning of its id, when no other begins so', () => {
    expect(resolveContainer(containers, 'abc2')).toBe(worker)
    expect(resolveContainer(containers, 'f')).toBe(misleading)
  })
})

describe('a container is not found', () => {
  it('by the beginning of two ids, and both are named', () => {
    expect(() => resolveContainer(containers, 'abc')).toThrow(expect.objectContaining({ problem: {
      code: 'CONTAINER_AMBIGUOUS',
      what: '2 ids begin with "abc".',
      fix: 'Write more of one of these: web (abc100000000), worker (abc200000000).',
    } }))
  })

  it('by a part of its name, but it is named first', () => {
    expect(() => resolveContainer(containers, 'ORK')).toThrow(expect.objectContaining({ problem: {
      code: 'CONTAINER_UNKNOWN',
      what: 'There is no container named "ORK", and no id that begins so.',
      fix: 'There are: worker (abc200000000), web (abc100000000), abc1 (fff000000000).',
    } }))
  })

  it('among none', () => {
    expect(() => resolveContainer([], 'web')).toThrow(expect.objectContaining({ problem: expect.objectContaining({ fix: 'This engine has no containers: start one first.' }) }))
  })

  it('among very many, of which ten are named', () => {
    const many = Array.from({ length: 200 }, (_, index) => container(`e${index}x`, `many${index}`))
    expect(() => resolveContainer(many, 'web')).toThrow(expect.objectContaining({ problem: expect.objectContaining({ fix: expect.stringMatching(/many9 \([^)]*\), 190 more \(isoscope ls -a\)\.$/) }) }))
  })
})
