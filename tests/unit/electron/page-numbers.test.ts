import { expect, it } from 'vitest'
import { pageNumbers } from '../../../electron/page-numbers'

it('leaves the numbering to the report where Chromium draws its margin boxes', () => {
  expect(pageNumbers(131)).toEqual({})
})

it('lets an older Chromium draw title, page and pages by itself', () => {
  const { displayHeaderFooter, headerTemplate, footerTemplate } = pageNumbers(130)
  expect({
    displayHeaderFooter,
    filledIn: [...`${headerTemplate} ${footerTemplate}`.matchAll(/class="(\w+)"/g)].map(([, name]) => name),
  }).toEqual({ displayHeaderFooter: true, filledIn: ['title', 'pageNumber', 'totalPages'] })
})
