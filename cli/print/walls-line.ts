import type { Namespace, NamespaceVerdict } from '../../shared/model/namespace'
import { WALLS } from '../../shared/text/walls'
import type { Paint } from './colours'

const PER_LINE = 4
const STYLES = { private: 'inside', shared: 'bold', host: 'outside', unknown: 'dim' } as const

/** The boundary strip: `mnt █ pid █ net ░ …` with its key for a terminal; whole words, a few a line, for everything else. */
export function wallLines(namespaces: readonly Namespace[], { isTerminal, paint }: { isTerminal: boolean, paint: Paint }): string[] {
  const glyph = (verdict: NamespaceVerdict): string => paint(STYLES[verdict], WALLS[verdict].glyph)
  if (isTerminal) {
    const verdicts: NamespaceVerdict[] = ['private', 'shared', 'host', 'unknown']
    return [
      namespaces.map(({ type, verdict }) => `${type} ${glyph(verdict)}`).join(' '),
      verdicts.map(verdict => `${glyph(verdict)} ${WALLS[verdict].word}`).join('  '),
    ]
  }
  const words = namespaces.map(({ type, verdict }) => `${type} ${WALLS[verdict].word}`)
  return Array.from({ length: Math.ceil(words.length / PER_LINE) }, (_, line) => words.slice(line * PER_LINE, (line + 1) * PER_LINE).join(', '))
}
