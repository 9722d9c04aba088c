import { type Command, InvalidArgumentError } from 'commander'
import type { CommandContext } from '../context'
import { helperOption } from './helper-option'

export interface ServeOptions {
  port: number
  sample?: true
  helper?: true
  allowActions?: true
}

export function addServe(program: Command, context: CommandContext): void {
  program.command('serve')
    .description('show the page in a browser: prints a link that works once, for this computer only')
    .option('--port <number>', 'listen on this port instead of any free one', parsePort, 0)
    .option('--sample', 'the link opens the built-in sample, which needs no engine')
    .addOption(helperOption())
    .option('--allow-actions', 'let the page change the engine, each time it is asked to: run, start, stop and remove containers, run commands and open terminals in them, fetch and build images')
    .action(async (options: ServeOptions) => (await import('./run-serve')).runServe(context, options))
}

function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535.')
  return port
}
