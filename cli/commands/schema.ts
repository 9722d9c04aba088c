import type { Command } from 'commander'
import { snapshotSchema } from '../../shared/report/snapshot-schema'
import { asciiJson } from '../../shared/text/ascii-json'
import type { CommandContext } from '../context'

export function addSchema(program: Command, context: CommandContext): void {
  program.command('schema')
    .description('print the JSON Schema of a snapshot')
    .action(() => context.print(asciiJson(snapshotSchema())))
}
