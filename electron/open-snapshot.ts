import { type BrowserWindow, dialog } from 'electron'
import { readSnapshotFile } from '../engine/read-snapshot-file'
import type { HostCommand } from '../shared/contract/contract'
import { ProblemError } from '../shared/model/problem'

/** Asks for a file and opens it. */
export async function askForSnapshot(window: BrowserWindow, send: (command: HostCommand) => void): Promise<void> {
  const { canceled, filePaths: [path] } = await dialog.showOpenDialog(window, {
    title: 'Open a saved snapshot',
    filters: [{ name: 'Isoscope snapshot', extensions: ['json'] }],
    properties: ['openFile'],
  })
  if (canceled || path === undefined)
    return
  await openSnapshotFile(window, path, send)
}

/** Hands the snapshot in this file to `send`; what is wrong with it, before the page has seen it, is told in a window. */
export async function openSnapshotFile(window: BrowserWindow, path: string, send: (command: HostCommand) => void): Promise<void> {
  try {
    send({ command: 'openSnapshot', ...await readSnapshotFile(path) })
  }
  catch (error) {
    if (!(error instanceof ProblemError))
      throw error
    await dialog.showMessageBox(window, { type: 'error', message: error.problem.what, detail: error.problem.fix, buttons: ['Close'] })
  }
}
