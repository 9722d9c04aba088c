import { formatCount } from './format-count'

/** A count with its noun: `1 process`, `90 processes`. */
export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`
