import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { type BrowserWindow, dialog } from 'electron'
import type { HostCommand } from '../shared/contract/contract'
import { ProblemError } from '../shared/model/problem'

/** As the page's own limit for a file that is dropped on it: far above a large host's snapshot. */
const MAX_BYTES = 256 * 1024 * 1024

/** A saved snapshot as the page opens it. Throws ProblemError when it is no readable file of a sensible size. */
async function readSnapshot(path: string): Promise<HostCommand> {
  const fileName = basename(path)
  const facts = await stat(path).catch(() => null)
  if (!facts?.isFile())
    throw new ProblemError({ code: 'SNAPSHOT_NOT_READABLE', what: `${fileName} is not there, or is no ordinary file.`, fix: 'Choose the .isoscope.json file that Isoscope wrote.' })
  if (facts.size > MAX_BYTES)
    throw new ProblemError({ code: 'SNAPSHOT_TOO_LARGE', what: `${fileName} is too large for a snapshot.`, fix: 'Choose the .isoscope.json file that Isoscope wrote.' })
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new ProblemError({ code: 'SNAPSHOT_NOT_READABLE', what: `${fileName} cannot be read.`, fix: 'See whether you may read it.' }, { cause })
  })
  return { command: 'openSnapshot', fileName, text }
}

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
    send(await readSnapshot(path))
  }
  catch (error) {
    if (!(error instanceof ProblemError))
      throw error
    await dialog.showMessageBox(window, { type: 'error', message: error.problem.what, detail: error.problem.fix, buttons: ['Close'] })
  }
}
