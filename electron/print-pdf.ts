import { randomUUID } from 'node:crypto'
import type { BrowserWindow, Session } from 'electron'
import { session } from 'electron'
import { ProblemError } from '../shared/model/problem'
import { SCHEME } from './page-address'
import { pageNumbers } from './page-numbers'
import { answerScheme } from './scheme-answers'
import { guardSession } from './session-guard'
import { createPrintWindow } from './window'

const PRINT_HOST = 'report'
const LIMIT_MS = 60_000

/** A report carries its styles and pictures in itself; there is nothing that it may load or run. */
const DOCUMENT_HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': 'default-src \'none\'; style-src \'unsafe-inline\'; img-src data:; font-src data:',
  'X-Content-Type-Options': 'nosniff',
}

export type PrintPdf = (html: string, signal: AbortSignal) => Promise<Uint8Array>

/**
 * Makes the printer: one session in memory whose only addresses are the documents being printed, so that a report of any
 * size needs no temporary file and can reach nothing. Call it once, after Electron is ready.
 */
export function createPdfPrinter(): PrintPdf {
  const printSession = session.fromPartition('print')
  const documents = new Map<string, string>()
  guardSession(printSession)
  answerScheme(printSession.protocol, SCHEME, async (method, url) => {
    const html = method === 'GET' && url.host === PRINT_HOST ? documents.get(url.pathname) : undefined
    return html === undefined
      ? { status: 404, headers: {}, body: Buffer.alloc(0) }
      : { status: 200, headers: DOCUMENT_HEADERS, body: Buffer.from(html) }
  })
  return async (html, signal) => {
    const path = `/${randomUUID()}`
    documents.set(path, html)
    try {
      return await printDocument(printSession, `${SCHEME}://${PRINT_HOST}${path}`, signal)
    }
    finally {
      documents.delete(path)
    }
  }
}

async function printDocument(printSession: Session, address: string, signal: AbortSignal): Promise<Uint8Array> {
  const window = createPrintWindow(printSession)
  const ending = new AbortController()
  try {
    return await Promise.race([print(window, address), failure(window, signal, ending.signal)])
  }
  finally {
    ending.abort()
    window.destroy()
  }
}

async function print(window: BrowserWindow, address: string): Promise<Uint8Array> {
  await window.loadURL(address)
  return window.webContents.printToPDF({
    pageSize: 'A4',
    preferCSSPageSize: true,
    printBackground: true,
    generateTaggedPDF: true,
    generateDocumentOutline: true,
    ...pageNumbers(Number.parseInt(process.versions.chrome ?? '0')),
  })
}

/** Rejects when printing cannot end by itself any more: `printToPDF` stays silent when its window is gone. */
function failure(window: BrowserWindow, signal: AbortSignal, ended: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const fail = (what: string): void => reject(new ProblemError({
      code: 'REPORT_NOT_PRINTED',
      what,
      fix: 'Export the report as HTML and print that from a browser.',
    }))
    const timer = setTimeout(() => fail(`Printing did not end within ${LIMIT_MS / 1000} seconds.`), LIMIT_MS)
    const cancel = (): void => reject(signal.reason)
    window.webContents.on('render-process-gone', (_event, { reason }) => fail(`The process that prints has ended: ${reason}.`))
    if (signal.aborted)
      cancel()
    signal.addEventListener('abort', cancel)
    ended.addEventListener('abort', () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', cancel)
    })
  })
}
