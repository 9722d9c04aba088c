import { visibleText } from '../../shared/text/visible-text'

/** U+2060: takes no room and is not a letter, so that what follows a brace is no style name for ECharts. */
const WORD_JOINER = '\u2060'

/**
 * Text from outside for any label or tooltip of a chart. ECharts reads `{name|text}` as markup; a joiner behind the brace makes
 * it plain text again that is drawn the same.
 */
export const chartText = (text: string): string =>
  visibleText(text).replace(/\{(?=[a-z0-9_]+\|)/gi, `{${WORD_JOINER}`)
