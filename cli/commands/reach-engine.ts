import type { Service } from '../../engine/service'
import type { EngineStatus } from '../../shared/model/engine'
import type { CommandContext } from '../context'

/** Thrown before a command's work when no engine answers; main.ts prints what was tried. */
export class EngineMissing extends Error {
  readonly status: EngineStatus

  constructor(status: EngineStatus) {
    super('no engine answered')
    this.name = 'EngineMissing'
    this.status = status
  }
}

/** The engine's service, once an engine has answered. */
export async function reachEngine({ service, signal }: CommandContext): Promise<Service> {
  const reached = service()
  const status = await reached.engineStatus(signal)
  if (status.engine === null)
    throw new EngineMissing(status)
  return reached
}
