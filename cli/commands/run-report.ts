import { saveFile } from '../../engine/save-file'
import { redact } from '../../shared/report/redact'
import { visibleText } from '../../shared/text/visible-text'
import type { CommandContext } from '../context'
import { renderReport } from '../report/render-report'
import type { ReportOptions } from './report'
import { takeSnapshot } from './take-snapshot'

export async function runReport(context: CommandContext, container: string, options: ReportOptions): Promise<void> {
  const { path, format } = options.output
  const taken = await takeSnapshot(context, container, options)
  const snapshot = options.redact ? redact(taken) : taken
  await saveFile(path, await renderReport(snapshot, format, context))
  context.print(`Wrote ${visibleText(path)}`)
}
