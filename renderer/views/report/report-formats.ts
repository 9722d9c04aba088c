import type { z } from 'zod'
import type { HostInfo, ReportFormat } from '../../../shared/contract/contract'

export interface FormatChoice {
  format: ReportFormat
  label: string
  meaning: string
}

const FORMATS: readonly FormatChoice[] = [
  { format: 'pdf', label: 'PDF', meaning: 'Typeset on A4 with page numbers: to keep and to hand on.' },
  { format: 'html', label: 'HTML', meaning: 'One file that every browser opens and that loads nothing.' },
  { format: 'markdown', label: 'Markdown', meaning: 'Plain text for an issue, a wiki or a pull request.' },
  { format: 'json', label: 'JSON', meaning: 'All that was read. Isoscope opens it again as a snapshot.' },
]

type Abilities = z.infer<typeof HostInfo>['abilities']

/** What this host can write. */
export const formatsOf = (abilities: Abilities): readonly FormatChoice[] =>
  FORMATS.filter(({ format }) => format !== 'pdf' || abilities.includes('report.pdf'))

/** Why there is no PDF, and how to get one; null where there is. */
export function noPdfBecause(host: Pick<z.infer<typeof HostInfo>, 'host' | 'abilities'> | null): string | null {
  if (host === null || host.abilities.includes('report.pdf'))
    return null
  return host.host === 'recording'
    ? 'No PDF: a recording is shown by this page alone, which cannot print a document. Export HTML, open it and print it to a PDF; the page numbers are in it.'
    : 'No PDF: no Chrome, Chromium or Edge was found on the machine that Isoscope runs on. Install one and start Isoscope again, or export HTML, open it and print it to a PDF.'
}
