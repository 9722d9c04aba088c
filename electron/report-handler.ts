import type { ReportFormat } from '../shared/contract/contract'
import type { Handlers } from '../shared/contract/define'
import type { Snapshot } from '../shared/model/snapshot'
import { redact } from '../shared/report/redact'
import { reportFileName } from '../shared/report/report-file-name'
import { toHtml } from '../shared/report/to-html'
import { toJson } from '../shared/report/to-json'
import { toMarkdown } from '../shared/report/to-markdown'
import type { EngineContract } from './engine-contract'

/** A PDF is printed from the HTML. */
const WRITERS: Readonly<Record<ReportFormat, { extension: string, write: (snapshot: Snapshot) => string }>> = {
  pdf: { extension: 'pdf', write: toHtml },
  html: { extension: 'html', write: toHtml },
  markdown: { extension: 'md', write: toMarkdown },
  json: { extension: 'json', write: toJson },
}

/** Answers `report.make` with a snapshot that `find` still has; what `find` throws for any other is the answer then. */
export const reportHandler = (find: (snapshotId: string) => Snapshot): Handlers<EngineContract>['report.make'] =>
  async ({ snapshotId, format, redact: isRedacted }) => {
    const taken = find(snapshotId)
    const snapshot = isRedacted ? redact(taken) : taken
    const { extension, write } = WRITERS[format]
    return { fileName: reportFileName(snapshot, extension), text: write(snapshot) }
  }
