import { expect, it } from 'vitest'
import { processorsText } from '../../../../shared/text/format-processors'

it('tells processors with two figures that count', () => {
  expect([0, 0.00007, 0.00421, 0.5, 1, 1.254].map(processorsText))
    .toEqual(['0 processors', '< 0.001 processors', '0.0042 processors', '0.5 processors', '1 processor', '1.25 processors'])
})
