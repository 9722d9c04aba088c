import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { contract } from '../../shared/contract/contract'
import { serve } from '../../shared/contract/serve'
import type { CommandContext } from '../context'
import { bugLines } from '../print/problem-lines'
import { readPageFiles } from '../web/static-files'
import { createWebHandlers } from '../web/web-handlers'
import { createWebHost } from '../web/web-host'
import type { ServeOptions } from './serve'

/** As built: this program is in out/cli, the page in out/renderer. */
const PAGE_FOLDER = fileURLToPath(new URL('../renderer', import.meta.url))

/** Runs until the program is told to end. */
export async function runServe({ version, env, service, signal, print, note }: CommandContext, options: ServeOptions): Promise<void> {
  if (options.helper)
    service().permitHelper('every')
  if (options.allowActions)
    service().permitActions()
  const handlers = createWebHandlers({ service: service(), version, env, isHelperOffered: options.helper === true, allowsActions: options.allowActions === true })
  const view = options.sample ? '&view=sample' : ''
  const host = await createWebHost({
    port: options.port,
    pageFiles: await readPageFiles(PAGE_FOLDER),
    onLink: link => print(`${link}${view}`),
    onWire: wire => serve(contract, handlers, wire, { onError: error => bugLines(error).forEach(note), allowsActions: options.allowActions === true }),
  })
  note('Open the link in a browser on this computer. It works once; after that a new one is printed for the next browser. Ctrl+C ends Isoscope.')
  if (!signal.aborted)
    await once(signal, 'abort')
  await host.close()
}
