import type { LineMark } from '../../shared/two-views/compare-sides'

/** What stands before a line of two outputs that are compared. */
export const MARK_SIGNS: Readonly<Record<LineMark, string>> = { same: '=', differs: '≠', only: '+' }
