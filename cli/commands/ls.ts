import type { Command } from 'commander'
import type { Container } from '../../shared/model/container'
import { asciiJson } from '../../shared/text/ascii-json'
import type { CommandContext } from '../context'
import { containerTable } from '../print/container-table'
import { reachEngine } from './reach-engine'

/** What `docker ps` lists without -a: a paused or restarting container has not ended. */
const NOT_ENDED: readonly Container['state'][] = ['running', 'paused', 'restarting']

interface LsOptions {
  all?: true
  json?: true
}

export function addLs(program: Command, context: CommandContext): void {
  program.command('ls')
    .description('list containers, as "docker ps" does')
    .option('-a, --all', 'also those that have ended or never started')
    .option('--json', 'print JSON')
    .action((options: LsOptions) => runLs(context, options))
}

async function runLs(context: CommandContext, { all, json }: LsOptions): Promise<void> {
  const service = await reachEngine(context)
  const containers = (await service.listContainers(context.signal))
    .filter(({ state }) => all || NOT_ENDED.includes(state))
  context.print(json ? asciiJson(containers) : containerTable(containers, new Date()).join('\n'))
}
