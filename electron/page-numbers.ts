import type { PrintToPDFOptions } from 'electron'

/** The first Chromium that draws the margin boxes of CSS @page, with which the report numbers its own pages. */
const DRAWS_MARGIN_BOXES = 131

// Chromium fills in the elements of these classes; without a size of their own the templates are drawn at zero points.
const line = (content: string): string =>
  `<div style="width:100%;padding:0 16mm;display:flex;justify-content:space-between;font:7.5pt sans-serif;color:#5b646d">${content}</div>`

/** Running title and "page x of y" by Chromium's own header and footer, where the report's own would not be drawn. */
export const pageNumbers = (chromiumMajor: number): PrintToPDFOptions => chromiumMajor >= DRAWS_MARGIN_BOXES
  ? {}
  : {
      displayHeaderFooter: true,
      headerTemplate: line('<span class="title"></span>'),
      footerTemplate: line('<span></span><span>page <span class="pageNumber"></span> of <span class="totalPages"></span></span>'),
    }
