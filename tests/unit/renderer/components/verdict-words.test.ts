import { expect, it } from 'vitest'
import { verdictWords } from '../../../../renderer/components/verdict-words'

it('names whom a namespace is shared with', () => {
  expect(verdictWords({ verdict: 'shared', sharedWith: [{ id: 'a', name: 'db' }] })).toBe('shared with db')
})

it('writes out what a name would hide', () => {
  expect(verdictWords({ verdict: 'shared', sharedWith: [{ id: 'a', name: 'd\u200Bb' }] })).toBe('shared with d\\u200bb')
})

it('keeps to the verdict when it is not sharing', () => {
  expect(verdictWords({ verdict: 'host', sharedWith: [{ id: 'a', name: 'db' }] })).toBe('host')
})
