import { z } from 'zod'
import { contract, type IsoscopeContract, ReportFormat } from '../shared/contract/contract'
import { query } from '../shared/contract/define'

/** The calls that the engine's process answers: those that are the same in every host, and a report of what it has seen. */
export const engineContract = {
  'engine.status': contract['engine.status'],
  'engine.endpoints': contract['engine.endpoints'],
  'engine.choose': contract['engine.choose'],
  'helper.status': contract['helper.status'],
  'containers.watch': contract['containers.watch'],
  'container.act': contract['container.act'],
  'view.run': contract['view.run'],
  'images.list': contract['images.list'],
  'run.context': contract['run.context'],
  'container.run': contract['container.run'],
  'container.plan': contract['container.plan'],
  'container.runAgain': contract['container.runAgain'],
  'image.pull': contract['image.pull'],
  'image.build': contract['image.build'],
  'lab.watch': contract['lab.watch'],
  'lab.perform': contract['lab.perform'],
  'lab.renew': contract['lab.renew'],
  'actions.watch': contract['actions.watch'],
  'snapshot.take': contract['snapshot.take'],
  'live.watch': contract['live.watch'],
  'processes.watch': contract['processes.watch'],
  'logs.watch': contract['logs.watch'],
  'shell.find': contract['shell.find'],
  'shell.open': contract['shell.open'],
  'shell.write': contract['shell.write'],
  'shell.resize': contract['shell.resize'],
  'shell.close': contract['shell.close'],
  'toolbox.offer': contract['toolbox.offer'],
  'toolbox.open': contract['toolbox.open'],
  'files.list': contract['files.list'],
  /** The text of a report; for `pdf` it is the HTML to be printed. */
  'report.make': query(
    z.object({ snapshotId: z.string(), format: ReportFormat, redact: z.boolean() }),
    z.object({ fileName: z.string(), text: z.string() }),
  ),
}
export type EngineContract = typeof engineContract

/** What is left of the contract for the main process itself. */
export type HostContract = Omit<IsoscopeContract, keyof EngineContract>
export const hostContract: HostContract = contract

/** Whether the page's call of this name is answered there; `report.make` is no call of the page's. */
export const isEngineCall = (name: string): boolean => Object.hasOwn(contract, name) && Object.hasOwn(engineContract, name)
