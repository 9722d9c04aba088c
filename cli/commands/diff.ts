import { Argument, type Command } from 'commander'
import type { CommandContext } from '../context'
import { parseContainerName } from './container-argument'
import { helperOption } from './helper-option'

/** What stands on one side of the comparison. */
export type DiffSide = { readonly path: string } | { readonly container: string }

export interface DiffOptions {
  all?: true
  json?: true
  exitCode?: true
  helper?: true
}

export function addDiff(program: Command, context: CommandContext): void {
  program.command('diff')
    .description('compare two containers, or one with a snapshot that was saved')
    .addArgument(sideArgument('a'))
    .addArgument(sideArgument('b'))
    .option('-a, --all', 'also what is the same')
    .option('--exit-code', 'end with 1 when anything differs, and with 2 when that cannot be told')
    .option('--json', 'print JSON, always with what is the same')
    .addOption(helperOption())
    .action(async (a: DiffSide, b: DiffSide, options: DiffOptions) => (await import('./run-diff')).runDiff(context, [a, b], options))
}

const sideArgument = (name: string): Argument =>
  new Argument(`<${name}>`, 'a container, or a saved snapshot: a path with a "/", or one that ends in ".json"').argParser(parseSide)

/** No container's name holds a slash; one that ends in `.json` can be named by its id. */
const parseSide = (text: string): DiffSide =>
  text.includes('/') || text.endsWith('.json') ? { path: text } : { container: parseContainerName(text) }
