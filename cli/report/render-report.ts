import type { ReportFormat } from '../../shared/contract/contract'
import type { Snapshot } from '../../shared/model/snapshot'
import { toHtml } from '../../shared/report/to-html'
import { toJson } from '../../shared/report/to-json'
import { toMarkdown } from '../../shared/report/to-markdown'
import { printPdf } from '../pdf/print-pdf'

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
