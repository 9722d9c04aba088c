import type { Command } from 'commander'
import { asciiJson } from '../../shared/text/ascii-json'
import type { CommandContext } from '../context'

export function addSchema(program: Command, context: CommandContext): void {
  program.command('schema')
    .description('print the JSON Schema of a snapshot')
    .action(async () => context.print(asciiJson((await import('../../shared/report/snapshot-schema')).snapshotSchema())))
}
