import type { Command } from 'commander'
import { toJson } from '../../shared/report/to-json'
import type { CommandContext } from '../context'
import { containerArgument } from './container-argument'
import { helperOption } from './helper-option'
import { takeSnapshot } from './take-snapshot'

interface SnapshotOptions {
  json?: true
  helper?: true
}

export function addSnapshot(program: Command, context: CommandContext): void {
  program.command('snapshot')
    .description('show how one container is isolated, now')
    .addArgument(containerArgument())
    .option('--json', 'print everything that was seen, as JSON (see "isoscope schema")')
    .addOption(helperOption())
    .action((container: string, options: SnapshotOptions) => runSnapshot(context, container, options))
}

async function runSnapshot(context: CommandContext, container: string, { json, helper }: SnapshotOptions): Promise<void> {
  const snapshot = await takeSnapshot(context, container, { helper })
  context.print(json ? toJson(snapshot).trimEnd() : (await import('../print/snapshot-summary')).snapshotSummary(snapshot, context).join('\n'))
}
