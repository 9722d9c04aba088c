import { extname, resolve } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import type { ReportFormat } from '../../shared/contract/contract'
import type { CommandContext } from '../context'
import { formatOfExtension, REPORT_EXTENSIONS } from '../report/report-formats'
import { containerArgument } from './container-argument'
import { helperOption } from './helper-option'

interface Target {
  path: string
  format: ReportFormat
}

export interface ReportOptions {
  output: Target
  redact?: true
  helper?: true
}

export function addReport(program: Command, context: CommandContext): void {
  program.command('report')
    .description('write a report of one container to a file')
    .addArgument(containerArgument())
    .requiredOption('-o, --output <file>', `what to write; its ending chooses the format: ${REPORT_EXTENSIONS.join(', ')}`, parseTarget)
    .option('--redact', 'hide user names, addresses, home folders and what looks secret')
    .addOption(helperOption())
    .action(async (container: string, options: ReportOptions) => (await import('./run-report')).runReport(context, container, options))
}

function parseTarget(text: string): Target {
  const format = formatOfExtension(extname(text))
  if (!format)
    throw new InvalidArgumentError(`The file's name must end in one of ${REPORT_EXTENSIONS.join(', ')}.`)
  return { path: resolve(text), format }
}
