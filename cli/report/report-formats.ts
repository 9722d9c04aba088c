import type { ReportFormat } from '../../shared/contract/contract'

interface FormatFacts {
  format: ReportFormat
  extension: string
  mediaType: string
}

export const REPORT_FORMATS: Readonly<Record<ReportFormat, FormatFacts>> = {
  pdf: { format: 'pdf', extension: 'pdf', mediaType: 'application/pdf' },
  html: { format: 'html', extension: 'html', mediaType: 'text/html' },
  markdown: { format: 'markdown', extension: 'md', mediaType: 'text/markdown' },
  json: { format: 'json', extension: 'json', mediaType: 'application/json' },
}

/** As a person writes them behind a file's name: `.pdf`. */
export const REPORT_EXTENSIONS: readonly string[] = Object.values(REPORT_FORMATS).map(({ extension }) => `.${extension}`)

/** The format that a file name's ending asks for, or undefined. */
export function formatOfExtension(ending: string): ReportFormat | undefined {
  return Object.values(REPORT_FORMATS).find(({ extension }) => `.${extension}` === ending.toLowerCase())?.format
}
