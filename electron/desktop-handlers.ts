import type { BrowserWindow } from 'electron'
import { dialog } from 'electron'
import { saveFile } from '../engine/save-file'
import type { ReportFormat } from '../shared/contract/contract'
import type { Handlers } from '../shared/contract/define'
import { allowHelper } from './allow-helper'
import { askEngine } from './ask-engine'
import type { HostContract } from './engine-contract'
import type { EngineProcess } from './engine-process'
import type { ExportNotice } from './export-notice'
import type { PageCommands } from './page-commands'
import type { KeptByDesktop } from './preferences'
import type { PrintPdf } from './print-pdf'
import type { WindowFrame } from './window-frame'

interface Desktop {
  engine: EngineProcess
  version: string
  /** The window that the save dialog belongs to. */
  window: BrowserWindow
  printPdf: PrintPdf
  commands: PageCommands
  frame: WindowFrame
  preferences: KeptByDesktop
  noticed: ExportNotice
}

const FILE_KINDS: Readonly<Record<ReportFormat, { name: string, extension: string }>> = {
  pdf: { name: 'PDF document', extension: 'pdf' },
  html: { name: 'Web page', extension: 'html' },
  markdown: { name: 'Markdown text', extension: 'md' },
  json: { name: 'Isoscope snapshot', extension: 'json' },
}

/** The calls that only a host can answer: what it is, what it keeps, and where a report goes. */
export const desktopHandlers = ({ engine, version, window, printPdf, commands, frame, preferences, noticed }: Desktop): Handlers<HostContract> => ({
  'host.commands': (_, { signal }) => commands.listen(signal),
  'host.showState': async (state) => {
    frame.showState(state)
    return {}
  },
  'preferences.read': async () => preferences.read(),
  'preferences.write': async (next) => {
    // A page that has not heard of the last leave yet must not take it back: `helper.allow` alone changes it.
    await preferences.write({ ...next, helperEngines: preferences.read().preferences.helperEngines })
    return {}
  },
  'helper.allow': ({ isAllowed }, { signal }) => allowHelper(engine, preferences, isAllowed, signal),
  'host.describe': async () => ({ host: 'desktop', version, abilities: ['report.pdf', 'files.list', 'preferences', 'helper', 'actions'], shortcuts: frame.shortcuts }),
  'report.export': async ({ snapshotId, format, redact }, { signal }) => {
    const { fileName, text } = await askEngine(engine, client => client.call('report.make', { snapshotId, format, redact }, { signal }))
    const { name, extension } = FILE_KINDS[format]
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      title: 'Export report',
      defaultPath: fileName,
      filters: [{ name, extensions: [extension] }],
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    })
    if (canceled || !filePath)
      return { outcome: 'cancelled' }
    const save = async (): Promise<void> => saveFile(filePath, format === 'pdf' ? await printPdf(text, signal) : text)
    await noticed(filePath, save())
    return { outcome: 'saved', path: filePath }
  },
})
