import { expect } from 'vitest'

/** Whether a value lies between what it was before and after, or no further off than `slack`. */
export function expectBetween(value: number | null, ends: readonly number[], slack: number): void {
  expect(value).toBeGreaterThanOrEqual(Math.min(...ends) - slack)
  expect(value).toBeLessThanOrEqual(Math.max(...ends) + slack)
}
