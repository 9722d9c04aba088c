import type { PrintToPDFOptions } from 'electron'

/** The first Chromium that draws the margin boxes of CSS @page, with which the report numbers its own pages. */
const DRAWS_MARGIN_BOXES = 131

/**
 * Chromium fills in the elements of these classes. It draws a template a third larger than the page, and at no size at all
 * without one of its own: 5.6pt and 12mm are 7.5pt and the 16mm of the report's margin.
 */
const line = (content: string): string =>
  `<div style="width:100%;padding:0 12mm;display:flex;justify-content:space-between;font:5.6pt Arial,'Liberation Sans',sans-serif;color:#5b6675;white-space:nowrap">${content}</div>`

/** Running title and "Page x of y" by Chromium's own header and footer, where the report's own would not be drawn. */
export const pageNumbers = (chromiumMajor: number): PrintToPDFOptions => chromiumMajor >= DRAWS_MARGIN_BOXES
  ? {}
  : {
      displayHeaderFooter: true,
      headerTemplate: line('<span class="title" style="overflow:hidden;text-overflow:ellipsis"></span>'),
      footerTemplate: line('<span></span><span>Page <span class="pageNumber"></span> of <span class="totalPages"></span></span>'),
    }
