import type { Problem } from '../shared/model/problem'
import type { Connection } from './connection'
import { isAway } from './sources/engine-failure'

/** An engine that sleeps must not be kept awake. */
export const ASLEEP_MS = 30_000

/**
 * Whether it is time to ask an engine again that had this problem `sinceMs` ago (performance.now): when somebody else has found one, and
 * after half a minute. An engine that answers with an error is known all the time, and has its half minute.
 */
export const isTimeToAsk = ({ isKnown }: Pick<Connection, 'isKnown'>, { code }: Problem, sinceMs: number): boolean =>
  performance.now() - sinceMs >= ASLEEP_MS || (isAway(code) && isKnown())
