import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type Command, InvalidArgumentError } from 'commander'
import { contract } from '../../shared/contract/contract'
import { serve } from '../../shared/contract/serve'
import { helperOption } from './helper-option'
import type { CommandContext } from '../context'
import { bugLines } from '../print/problem-lines'
import { readPageFiles } from '../web/static-files'
import { createWebHandlers } from '../web/web-handlers'
import { createWebHost } from '../web/web-host'

/** As built: this program is out/cli/isoscope.js, the page out/renderer. */
const PAGE_FOLDER = fileURLToPath(new URL('../renderer', import.meta.url))

interface ServeOptions {
  port: number
  sample?: true
  helper?: true
}

export function addServe(program: Command, context: CommandContext): void {
  program.command('serve')
    .description('show the page in a browser: prints a link that works once, for this computer only')
    .option('--port <number>', 'listen on this port instead of any free one', parsePort, 0)
    .option('--sample', 'the link opens the built-in sample, which needs no engine')
    .addOption(helperOption())
    .action((options: ServeOptions) => runServe(context, options))
}

/** Runs until the program is told to end. */
async function runServe({ version, env, service, signal, print, note }: CommandContext, options: ServeOptions): Promise<void> {
  if (options.helper)
    service().permitHelper('every')
  const handlers = createWebHandlers({ service: service(), version, env, isHelperOffered: options.helper === true })
  const view = options.sample ? '&view=sample' : ''
  const host = await createWebHost({
    port: options.port,
    pageFiles: await readPageFiles(PAGE_FOLDER),
    onLink: link => print(`${link}${view}`),
    onWire: wire => serve(contract, handlers, wire, { onError: error => bugLines(error).forEach(note) }),
  })
  note('Open the link in a browser on this computer. It works once; after that a new one is printed for the next browser. Ctrl+C ends Isoscope.')
  if (!signal.aborted)
    await once(signal, 'abort')
  await host.close()
}

function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535.')
  return port
}
