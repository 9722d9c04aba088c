import { expect, it } from 'vitest'
import { chartText } from '../../../../renderer/charts/chart-text'

it('takes the meaning from what a chart would read as markup, and draws it the same', () => {
  expect(chartText('{a|evil} {b2|x}')).toBe('{\u2060a|evil} {\u2060b2|x}')
})

it('leaves other braces alone and writes unseen characters out', () => {
  expect(chartText('{} {a} \u202E|')).toBe('{} {a} \\u202e|')
})
