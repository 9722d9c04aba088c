import { shellLine } from '../../shared/text/shell-quote'
import type { ActionLog } from '../actions/action-log'
import { chooseKernel } from '../collect/choose-kernel'
import { runningContainer } from '../collect/kernel-view'
import { parseProcCredentials } from '../parse/proc-credentials'
import { describeEngine } from '../parse/docker-version'
import type { RawInspect } from '../parse/docker-inspect'
import type { DockerEngine } from '../sources/docker'
import { holderOfProcess, type Owner } from '../sources/owner'
import { askInLines } from '../sources/in-lines'
import type { ProcSource } from '../sources/proc-source'
import { hangUp } from './hang-up'
import { MARK } from './open-terminal'

interface Asked {
  readonly docker: DockerEngine
  readonly log: ActionLog
  readonly owner: Owner
  /** This computer's own. */
  readonly local: ProcSource
}

/**
 * Ends the shells that an Isoscope of this computer left in containers when it was killed, each recorded. They are known by the mark in the environment of what was begun with `docker exec`, which
 * this computer's procfs shows where the engine's kernel is its own, to whoever may look; elsewhere they stay. Rejects where the engine lists no containers.
 */
export async function endLeftShells(asked: Asked, signal: AbortSignal): Promise<void> {
  const { docker } = asked
  const running = (await docker.list(signal)).filter(({ State }) => State === 'running')
  for (const container of await askInLines(running, ({ Id }) => docker.inspect(Id, signal), signal)) {
    if (!container?.State.Pid || container.ExecIDs.length === 0)
      continue
    const proc = await procOf(asked, container, container.State.Pid, signal)
    if (proc === null)
      return
    await askInLines(container.ExecIDs, execId => endIfLeft(asked, proc, container, execId, signal), signal)
  }
}

/** The helper container is not started for this. */
async function procOf({ docker, local }: Asked, container: RawInspect, hostPid: number, signal: AbortSignal): Promise<ProcSource | null> {
  const engine = describeEngine(docker.endpoint, await docker.version(signal), await docker.info(signal))
  const running = [runningContainer(container, container.Name, hostPid)]
  return (await chooseKernel({ local, helper: async () => null }, { engine, endpoint: docker.endpoint, running }, signal)).kernel.proc
}

async function endIfLeft({ docker, log, owner }: Asked, proc: ProcSource, { Id: containerId, Name }: RawInspect, execId: string, signal: AbortSignal): Promise<void> {
  const { Running, Pid: pid, ProcessConfig } = await docker.inspectExec(execId, signal)
  if (!Running || !pid || !ProcessConfig?.tty)
    return
  const mark = (await proc.readText(`${pid}/environ`))?.split('\0').find(variable => variable.startsWith(`${MARK}=`))
  if (mark === undefined || holderOfProcess(mark.slice(MARK.length + 1).split('/')[0], owner) !== 'ended')
    return
  const { entrypoint: shell, user } = ProcessConfig
  const inside = parseProcCredentials(await proc.readText(`${pid}/status`) ?? '').nsPids.at(-1)
  const command = shellLine(['docker', 'exec', ...user === '' ? [] : ['-u', user], Name.replace(/^\//, ''), 'kill', '-HUP', String(inside ?? pid)])
  await log.record({ engine: docker.endpoint.address, command }, async () => {
    await hangUp({ docker, containerId, execId, shell, user, mark, type: () => {} })
    return null
  })
}
