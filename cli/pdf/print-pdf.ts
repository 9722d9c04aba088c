import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ProblemError } from '../../shared/model/problem'
import { findBrowser } from './find-browser'

const TIME_LIMIT_MS = 60_000

interface PrintOptions {
  env: NodeJS.ProcessEnv
  signal: AbortSignal
}

/**
 * Prints one self-contained HTML document to PDF with a browser that is installed here. The HTML and the browser's profile
 * live in a folder only we can read, removed at the end. Throws ProblemError BROWSER_MISSING or PRINT_FAILED, and the
 * signal's reason when aborted.
 */
export async function printPdf(html: string, { env, signal }: PrintOptions): Promise<Uint8Array> {
  const browser = await findBrowser(env)
  if (!browser)
    throw new ProblemError({
      code: 'BROWSER_MISSING',
      what: 'A PDF is printed with Chrome, Chromium, Edge or Brave, and none was found on this machine.',
      fix: 'Save the report as HTML instead (-o file.html) and print it from any browser, or name one in ISOSCOPE_BROWSER.',
    })
  const folder = await mkdtemp(join(folderThatItCanRead(browser, env), 'isoscope-print-'))
  try {
    const page = join(folder, 'report.html')
    await writeFile(page, html, { mode: 0o600 })
    await runBrowser(browser, printArguments(folder, page), signal)
    return await readWholePdf(join(folder, 'report.pdf'))
  }
  finally {
    // The browser's helper processes may write for a moment after it has ended.
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

/** A snap has a /tmp of its own, so it sees nothing of ours there; ~/snap/<name>/common is open to both. */
function folderThatItCanRead(browser: string, env: NodeJS.ProcessEnv): string {
  const snap = /^\/snap\/bin\/([a-z0-9-]+)$/.exec(browser)?.[1]
  return snap && env['HOME'] ? join(env['HOME'], 'snap', snap, 'common') : tmpdir()
}

function printArguments(folder: string, page: string): string[] {
  const isRootOnLinux = process.platform === 'linux' && process.getuid?.() === 0
  return [
    '--headless',
    // The browser's own sandbox does not start for root; the document has no script and no address outside itself.
    ...isRootOnLinux ? ['--no-sandbox'] : [],
    `--user-data-dir=${join(folder, 'profile')}`,
    '--disable-gpu',
    '--disable-extensions',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--no-default-browser-check',
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--no-pdf-header-footer',
    '--generate-pdf-document-outline',
    `--print-to-pdf=${join(folder, 'report.pdf')}`,
    pathToFileURL(page).href,
  ]
}

/** Resolves when the browser has ended, however it did: the file tells whether it printed. */
function runBrowser(browser: string, browserArguments: string[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    // A process group of its own, so that its helper processes can be ended with it.
    const child = spawn(browser, browserArguments, { detached: true, stdio: 'ignore' })
    const kill = (): void => {
      if (child.pid !== undefined)
        killGroup(child.pid)
    }
    const timer = setTimeout(kill, TIME_LIMIT_MS)
    signal.addEventListener('abort', kill, { once: true })
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', kill)
    }
    child.once('error', (error) => {
      end()
      reject(printFailed(`${browser} could not be started: ${error.message}`))
    })
    child.once('close', () => {
      end()
      if (signal.aborted)
        reject(signal.reason)
      else
        resolve()
    })
  })
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL')
  }
  catch (error) {
    // ESRCH: all of it has ended by itself, just now.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH'))
      throw error
  }
}

/** A PDF begins with `%PDF-` and its last line is `%%EOF` (ISO 32000-2, 7.5): what breaks off in between is not one. */
async function readWholePdf(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path).catch(() => Buffer.alloc(0))
  if (!bytes.subarray(0, 5).equals(Buffer.from('%PDF-')) || !bytes.subarray(-16).toString('latin1').trimEnd().endsWith('%%EOF'))
    throw printFailed('The browser ended without a whole PDF')
  return bytes
}

function printFailed(what: string): ProblemError {
  return new ProblemError({
    code: 'PRINT_FAILED',
    what: `${what}.`,
    fix: 'Save the report as HTML instead (-o file.html) and print it from any browser, or name another browser in ISOSCOPE_BROWSER.',
  })
}
