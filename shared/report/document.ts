import type { Finding } from '../analysis/analyse'

/** `inside` is the container's colour, `outside` the engine host's, `computer` that of the third place, everywhere. */
export type Side = 'inside' | 'outside' | 'computer'

export interface Column {
  head: string
  /** `code`: a kernel fact, set in the fixed-width face. `number`: aligned right. Plain words otherwise. */
  face?: 'code' | 'number'
  side?: Side
  /** Percent of the page's width. Those without one share the rest. */
  width?: number
}

/** One bar of a chart that starts at zero; a null is not known and draws no bar. */
export interface Bar {
  label: string
  side: Side
  value: number | null
  /** The value in words, with its unit. */
  text: string
}

export interface TableBlock {
  kind: 'table'
  caption: string
  columns: Column[]
  rows: string[][]
  /** How many rows there are beyond those shown, and what they are called. */
  omitted?: number
  noun?: string
}

export interface BarsBlock {
  kind: 'bars'
  caption: string
  bars: Bar[]
  /** The value of a full bar. */
  scale: number
}

/** How the facts above it were read, and the command that shows the same. */
export interface SourcesBlock {
  kind: 'sources'
  sources: { what: string, readFrom: string, command: string }[]
}

/** What a report is made of, before it becomes HTML or Markdown. Every text is data and is escaped by whoever draws it. */
export type Block =
  | TableBlock
  | BarsBlock
  | SourcesBlock
  | { kind: 'text', text: string }
  | { kind: 'finding', finding: Finding }

export interface Section {
  title: string
  blocks: Block[]
}

/** What stands for a fact that is null. */
export const UNKNOWN = 'unknown'

/** What is known of several facts in words; one word where none is. */
export const joinedOrUnknown = (facts: readonly (readonly [value: unknown, words: string])[], separator = '; '): string =>
  (facts.every(([value]) => value == null) ? UNKNOWN : facts.map(([, words]) => words).join(separator))

export const orUnknown = (text: string | number | null): string => (text === null ? UNKNOWN : String(text))
