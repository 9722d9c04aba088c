import { beforeEach, expect, it } from 'vitest'
import { takeFragment } from '../../../../renderer/client/fragment'

beforeEach(() => history.replaceState(null, '', '/page'))

it('takes the token out of the address before anything else can read it', () => {
  history.replaceState(null, '', '/page#token=abc-_1&view=sample')
  expect(takeFragment(location, history)).toEqual({ token: 'abc-_1', isSample: true })
  expect(location.href).not.toContain('abc')
})

it('leaves a route where it is', () => {
  history.replaceState(null, '', '/page#/containers/x/overview')
  expect(takeFragment(location, history)).toEqual({ token: null, isSample: false })
  expect(location.hash).toBe('#/containers/x/overview')
})
