import type { OutputLine } from '../model/two-views'

/** One line of `ps` below its heading. */
export interface PsRow {
  /** Of the line. */
  readonly index: number
  readonly pid: number
  /** As ps writes it: the command line, or a name in brackets or braces. */
  readonly command: string
}

/** What ps(1) of procps and of busybox lists, by the names in its heading: the two have other columns. */
export function psRows(lines: readonly OutputLine[]): PsRow[] {
  const headingAt = lines.findIndex(({ stream, text }) => stream === 'stdout' && /\bPID\b/.test(text) && /\b(?:COMMAND|CMD)\b/.test(text))
  const columns = lines[headingAt]?.text.trim().split(/\s+/) ?? []
  const [pidAt, commandAt] = [columns.indexOf('PID'), columns.findIndex(name => name === 'COMMAND' || name === 'CMD')]
  return lines.flatMap(({ stream, text }, index) => {
    const words = text.trim().split(/\s+/)
    const pid = Number(words[pidAt])
    return stream === 'stdout' && index > headingAt && Number.isInteger(pid) && words.length > commandAt ? [{ index, pid, command: words.slice(commandAt).join(' ') }] : []
  })
}
