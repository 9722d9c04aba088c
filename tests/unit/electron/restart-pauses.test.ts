import { expect, it } from 'vitest'
import { createRestartPauses } from '../../../electron/restart-pauses'

it('starts again at once, then later and later, and no later than after 15 seconds', () => {
  const nextPauseMs = createRestartPauses()
  expect(Array.from({ length: 8 }, () => nextPauseMs(500))).toEqual([0, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000])
})

it('starts again at once after a process that was well for a minute', () => {
  const nextPauseMs = createRestartPauses()
  expect([500, 500, 60_000, 500].map(nextPauseMs)).toEqual([0, 1_000, 0, 1_000])
})
