/** Select Graphic Rendition (ECMA-48 8.3.117). Inside is teal and outside amber, here as in the page. */
const CODES = { inside: '36', outside: '33', bold: '1', dim: '2', bad: '31' } as const

export type Paint = (style: keyof typeof CODES, text: string) => string

/** NO_COLOR (no-color.org) wins, then FORCE_COLOR, then what the output is. */
export function wantsColours(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (env['NO_COLOR'] || env['FORCE_COLOR'] === '0' || env['FORCE_COLOR'] === 'false')
    return false
  return Boolean(env['FORCE_COLOR']) || (isTerminal && env['TERM'] !== 'dumb')
}

export function createPaint(hasColours: boolean): Paint {
  return hasColours ? (style, text) => `\x1b[${CODES[style]}m${text}\x1b[0m` : (_style, text) => text
}
