import { expect, it } from 'vitest'
import { parseProcCredentials } from '../../../../engine/parse/proc-credentials'
import { fixture } from '../../../support/fixture'

it('reads whose process it is, and which it is inside', () => {
  expect(parseProcCredentials(fixture('proc/debian-12/nodeapp/status'))).toEqual({ uids: [0, 0, 0, 0], gids: [0, 0, 0, 0], permitted: 0xA80425FBn, nsPids: [10_468, 1] })
})

it('knows nothing of what is not there, or is cut', () => {
  expect(parseProcCredentials('Name:\tUid:\t1\nUid:\t1000\t1000')).toEqual({ uids: [1000, 1000], gids: null, permitted: null, nsPids: [] })
  expect(parseProcCredentials('')).toEqual({ uids: null, gids: null, permitted: null, nsPids: [] })
})
