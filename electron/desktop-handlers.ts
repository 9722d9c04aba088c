import type { BrowserWindow } from 'electron'
import { dialog } from 'electron'
import { saveFile } from '../engine/save-file'
import type { Service } from '../engine/service'
import type { IsoscopeContract, PageState, ReportFormat } from '../shared/contract/contract'
import type { Handlers } from '../shared/contract/define'
import { ProblemError } from '../shared/model/problem'
import type { Snapshot } from '../shared/model/snapshot'
import { redact } from '../shared/report/redact'
import { reportFileName } from '../shared/report/report-file-name'
import { toHtml } from '../shared/report/to-html'
import { toJson } from '../shared/report/to-json'
import { toMarkdown } from '../shared/report/to-markdown'
import type { PageCommands } from './page-commands'
import type { PrintPdf } from './print-pdf'

interface Desktop {
  service: Service
  version: string
  /** The window that the save dialog belongs to. */
  window: BrowserWindow
  printPdf: PrintPdf
  commands: PageCommands
  showState: (state: PageState) => void
}

const FILE_KINDS: Readonly<Record<ReportFormat, { name: string, extension: string }>> = {
  pdf: { name: 'PDF document', extension: 'pdf' },
  html: { name: 'Web page', extension: 'html' },
  markdown: { name: 'Markdown text', extension: 'md' },
  json: { name: 'Isoscope snapshot', extension: 'json' },
}

/** The engine's calls, and those that only a host can answer: what it is, and where a report goes. */
export const desktopHandlers = ({ service, version, window, printPdf, commands, showState }: Desktop): Handlers<IsoscopeContract> => ({
  ...service.handlers,
  'host.commands': (_, { signal }) => commands.listen(signal),
  // What of it the window shows is told to whoever keeps the window.
  'host.showState': async (state) => {
    showState(state)
    return {}
  },
  'host.describe': async () => ({ host: 'desktop', version, abilities: ['report.pdf', 'files.list'] }),
  'report.export': async ({ snapshotId, format, redact: isRedacted }, { signal }) => {
    const taken = service.recentSnapshot(snapshotId)
    if (!taken)
      throw new ProblemError({ code: 'SNAPSHOT_GONE', what: 'This host no longer holds that snapshot.', fix: 'Take the snapshot again, then export it.' })
    const snapshot = isRedacted ? redact(taken) : taken
    const { name, extension } = FILE_KINDS[format]
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      title: 'Export report',
      defaultPath: reportFileName(snapshot, extension),
      filters: [{ name, extensions: [extension] }],
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    })
    if (canceled || !filePath)
      return { outcome: 'cancelled' }
    await saveFile(filePath, await writeReport(snapshot, format, printPdf, signal))
    return { outcome: 'saved', path: filePath }
  },
})

async function writeReport(snapshot: Snapshot, format: ReportFormat, printPdf: PrintPdf, signal: AbortSignal): Promise<string | Uint8Array> {
  switch (format) {
    case 'pdf': return printPdf(toHtml(snapshot), signal)
    case 'html': return toHtml(snapshot)
    case 'markdown': return toMarkdown(snapshot)
    case 'json': return toJson(snapshot)
  }
}
