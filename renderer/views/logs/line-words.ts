import type { LogRow } from '../../stores/log-rows'

/** What stands before a line's text, in characters of one width, so that a line that is wrapped can go on below its text. */
export interface LinePrefix {
  /** `2026-11-28 ` */
  readonly date: string
  /** `22:31:46.123 ` */
  readonly time: string
  /** `stderr `, or as many blanks. A terminal has one stream, and nothing to tell apart. */
  readonly source: string
}

const STAMP = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d*))?/

/** A stamp is the engine's, in UTC where the engine is Docker; its milliseconds are shown. */
export function prefixOf({ at, stream }: Pick<LogRow, 'at' | 'stream'>, hasTimes: boolean): LinePrefix {
  const [, date = 'no stamp  ', time = '        ', fraction = ''] = STAMP.exec(at ?? '') ?? []
  return {
    date: hasTimes ? `${date} ` : '',
    time: hasTimes ? `${time}${at === null ? '    ' : `.${fraction.slice(0, 3).padEnd(3, '0')}`} ` : '',
    source: stream === 'terminal' ? '' : stream === 'stderr' ? 'stderr ' : '       ',
  }
}

/** What is said behind a line that was cut. */
export const CUT_WORDS = ' … cut at 64 KiB'

/** The lines as they are shown, for the clipboard. */
export const shownText = (rows: readonly LogRow[], hasTimes: boolean): string => rows.map((row) => {
  const { date, time, source } = prefixOf(row, hasTimes)
  return `${date}${time}${source}${row.text}${row.isCut ? CUT_WORDS : ''}`
}).join('\n')
