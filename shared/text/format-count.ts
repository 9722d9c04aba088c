/** Narrow no-break space (U+202F): the thousands separator of ISO 80000-1, the same in every language. */
const THIN_SPACE = '\u202F'

/** A whole number in groups of three: `685`, `1 234 567` with narrow no-break spaces; four digits are grouped too. */
export const formatCount = (count: number): string =>
  Math.trunc(count).toString().replace(/\B(?=(\d{3})+$)/g, THIN_SPACE)
