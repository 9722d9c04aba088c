import type { Command } from 'commander'
import { toJson } from '../../shared/report/to-json'
import type { CommandContext } from '../context'
import { snapshotSummary } from '../print/snapshot-summary'
import { containerArgument } from './container-argument'
import { takeSnapshot } from './take-snapshot'

interface SnapshotOptions {
  json?: true
}

export function addSnapshot(program: Command, context: CommandContext): void {
  program.command('snapshot')
    .description('show how one container is isolated, now')
    .addArgument(containerArgument())
    .option('--json', 'print everything that was seen, as JSON (see "isoscope schema")')
    .action((container: string, options: SnapshotOptions) => runSnapshot(context, container, options))
}

async function runSnapshot(context: CommandContext, container: string, { json }: SnapshotOptions): Promise<void> {
  const snapshot = await takeSnapshot(context, container)
  context.print(json ? toJson(snapshot).trimEnd() : snapshotSummary(snapshot, context).join('\n'))
}
