import { extname, resolve } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { saveFile } from '../../engine/save-file'
import type { ReportFormat } from '../../shared/contract/contract'
import { redact } from '../../shared/report/redact'
import { visibleText } from '../../shared/text/visible-text'
import type { CommandContext } from '../context'
import { formatOfExtension, REPORT_EXTENSIONS, renderReport } from '../report/report-formats'
import { containerArgument } from './container-argument'
import { helperOption } from './helper-option'
import { takeSnapshot } from './take-snapshot'

interface Target {
  path: string
  format: ReportFormat
}

interface ReportOptions {
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
    .action((container: string, options: ReportOptions) => runReport(context, container, options))
}

async function runReport(context: CommandContext, container: string, options: ReportOptions): Promise<void> {
  const { path, format } = options.output
  const taken = await takeSnapshot(context, container, options)
  const snapshot = options.redact ? redact(taken) : taken
  await saveFile(path, await renderReport(snapshot, format, context))
  context.print(`Wrote ${visibleText(path)}`)
}

function parseTarget(text: string): Target {
  const format = formatOfExtension(extname(text))
  if (!format)
    throw new InvalidArgumentError(`The file's name must end in one of ${REPORT_EXTENSIONS.join(', ')}.`)
  return { path: resolve(text), format }
}
