import { ReportFormat } from '../../shared/contract/contract'
import type { Snapshot } from '../../shared/model/snapshot'
import { toHtml } from '../../shared/report/to-html'
import { toJson } from '../../shared/report/to-json'
import { toMarkdown } from '../../shared/report/to-markdown'
import { printPdf } from '../pdf/print-pdf'

interface FormatFacts {
  extension: string
  mediaType: string
}

export const REPORT_FORMATS: Readonly<Record<ReportFormat, FormatFacts>> = {
  pdf: { extension: 'pdf', mediaType: 'application/pdf' },
  html: { extension: 'html', mediaType: 'text/html' },
  markdown: { extension: 'md', mediaType: 'text/markdown' },
  json: { extension: 'json', mediaType: 'application/json' },
}

interface RenderOptions {
  env: NodeJS.ProcessEnv
  signal: AbortSignal
}

/** One snapshot as a document. Only the PDF needs a browser: without one it throws ProblemError BROWSER_MISSING. */
export async function renderReport(snapshot: Snapshot, format: ReportFormat, options: RenderOptions): Promise<string | Uint8Array> {
  switch (format) {
    case 'html': return toHtml(snapshot)
    case 'json': return toJson(snapshot)
    case 'markdown': return toMarkdown(snapshot)
    case 'pdf': return printPdf(toHtml(snapshot), options)
  }
}

/** As a person writes them behind a file's name: `.pdf`. */
export const REPORT_EXTENSIONS: readonly string[] = Object.values(REPORT_FORMATS).map(({ extension }) => `.${extension}`)

/** The format that a file name's ending asks for, or undefined. */
export function formatOfExtension(ending: string): ReportFormat | undefined {
  return ReportFormat.options.find(format => `.${REPORT_FORMATS[format].extension}` === ending.toLowerCase())
}
