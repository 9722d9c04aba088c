import { ProblemError } from '../shared/model/problem'
import { untilLoaded } from './until-loaded'

/** As `untilLoaded`; throws ProblemError PART_NOT_LOADED. */
export const loadPart = <T>(load: () => Promise<T>): Promise<T> =>
  untilLoaded(load).catch((error: unknown) => {
    throw new ProblemError({
      code: 'PART_NOT_LOADED',
      what: `A part of this page could not be loaded: ${error instanceof Error ? error.message : 'nobody says why'}.`,
      fix: 'See whether Isoscope still runs, then load the page again.',
    }, { cause: error })
  })
