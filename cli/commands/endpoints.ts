import type { Command } from 'commander'
import { asciiJson } from '../../shared/text/ascii-json'
import { visibleText } from '../../shared/text/visible-text'
import type { CommandContext } from '../context'
import { endpointLines } from '../print/endpoint-lines'

interface EndpointsOptions {
  json?: true
}

export function addEndpoints(program: Command, context: CommandContext): void {
  program.command('endpoints')
    .description('list every engine that this computer knows of, and how each does')
    .option('--json', 'print JSON')
    .action((options: EndpointsOptions) => runEndpoints(context, options))
}

/** Succeeds also when none answers: that is what was asked. */
async function runEndpoints({ service, signal, print }: CommandContext, { json }: EndpointsOptions): Promise<void> {
  const reached = service()
  // What is asked is known once it was looked for.
  const { why } = await reached.engineStatus(signal)
  const endpoints = await reached.listEndpoints(signal)
  print(json ? asciiJson(endpoints) : [...endpointLines(endpoints), '', `* is asked now. ${visibleText(why)}`].join('\n'))
}
