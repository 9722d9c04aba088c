import { expect, it } from 'vitest'
import { formatsOf, noPdfBecause } from '../../../../../renderer/views/report/report-formats'

it('offers a PDF only where the host can print', () => {
  expect(formatsOf(['report.pdf']).map(({ format }) => format)).toEqual(['pdf', 'html', 'markdown', 'json'])
  expect(formatsOf([]).map(({ format }) => format)).toEqual(['html', 'markdown', 'json'])
})

it('says how to get a PDF where there is none, and nothing where there is', () => {
  expect(noPdfBecause({ host: 'web', abilities: [] })).toContain('Install one and start Isoscope again')
  expect(noPdfBecause({ host: 'recording', abilities: [] })).toContain('a recording')
  expect(noPdfBecause({ host: 'desktop', abilities: ['report.pdf'] })).toBeNull()
  expect(noPdfBecause(null)).toBeNull()
})
