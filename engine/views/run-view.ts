import { sandboxOf } from '../../shared/analysis/sandbox'
import type { Problem } from '../../shared/model/problem'
import type { ViewAnswer, ViewCommandId, ViewSide } from '../../shared/model/two-views'
import { viewCommand } from '../../shared/two-views/commands'
import type { ActionLog } from '../actions/action-log'
import { chooseKernel, type KernelSources } from '../collect/choose-kernel'
import { isInHostNamespace } from '../collect/host-namespaces'
import { runningContainer } from '../collect/kernel-view'
import { readOrNull } from '../collect/scan-host'
import type { KernelView } from '../collect/scene'
import { describeEngine } from '../parse/docker-version'
import type { DockerEngine } from '../sources/docker'
import type { ProcSource } from '../sources/proc-source'
import { readOnHost } from './read-on-host'
import { runHere } from './run-here'
import { runInside } from './run-inside'

export interface ViewOptions {
  readonly docker: DockerEngine
  readonly sources: KernelSources
  readonly log: ActionLog
  readonly containerId: string
  /** One of the fixed commands, for every place; or a person's own, for the container alone. */
  readonly asked: { readonly commandId: ViewCommandId } | { readonly argv: readonly string[] }
}

/**
 * Runs a command in the container and, where it is one of the fixed ones, outside: on this computer where its kernel is proved to be the
 * engine's; else what can be read of the engine's machine, and this computer beside it. Throws ProblemError when the engine is away.
 */
export async function runView({ docker, sources, log, containerId, asked }: ViewOptions, signal: AbortSignal): Promise<ViewAnswer> {
  const raw = await docker.inspect(containerId, signal)
  const name = raw.Name.replace(/^\//, '')
  const engine = describeEngine(docker.endpoint, await docker.version(signal), await docker.info(signal))
  const running = raw.State.Pid ? [runningContainer(raw, name, raw.State.Pid)] : []
  const { kernel } = await chooseKernel(sources, { engine, endpoint: docker.endpoint, running }, signal)
  const isSandboxed = sandboxOf({ runtime: raw.HostConfig.Runtime }, engine) !== null

  const inside = (argv: readonly string[], isEnvironment: boolean): Promise<ViewSide> => runInside({
    docker,
    containerId,
    name,
    argv,
    isEnvironment,
    ifMissing: 'argv' in asked
      ? 'Name one that it has: the page Files shows what is there. What only a shell knows runs through sh.'
      : `Nothing has to be installed: Isoscope’s other pages read the same from outside, and \`docker top ${name}\` lists the processes.`,
    proc: isSandboxed ? null : kernel.proc,
    record: (command, act) => log.record({ engine: docker.endpoint.address, command }, act),
  }, signal)
  if ('argv' in asked)
    return { argv: [...asked.argv], container: await inside(asked.argv, false), host: null, thisComputer: null }

  const { id, argvs } = viewCommand(asked.commandId)
  const isEnvironment = id === 'env'
  const isHere = await isOwnKernel(kernel, sources.local)
  const everywhere = async (argv: readonly string[]): Promise<ViewAnswer> => {
    const [container, here, read] = await Promise.all([inside(argv, isEnvironment), runHere(argv, isEnvironment, signal), isHere ? null : hostSide(kernel, id)])
    return { argv: [...argv], container, ...read === null ? { host: { ...here, note: await noteHere(id, sources.local) }, thisComputer: null } : { host: read, thisComputer: here } }
  }
  const answers = await everywhere(argvs[0])
  const [, instead] = argvs
  return instead !== undefined && answers.container.problem?.code === 'PROGRAM_MISSING' ? everywhere(instead) : answers
}

/** Whether the engine's kernel is that of this computer, whoever reads its procfs: two of one boot id are one (random(4)). */
async function isOwnKernel(kernel: KernelView, local: ProcSource): Promise<boolean> {
  if (kernel.proc === null)
    return false
  if (kernel.proc.step !== 'helper')
    return true
  const [its, own] = await Promise.all([kernel.proc, local].map(proc => readOrNull(proc, 'sys/kernel/random/boot_id')))
  return its != null && its === own
}

async function hostSide(kernel: KernelView, id: ViewCommandId): Promise<ViewSide> {
  if (kernel.proc !== null)
    return readOnHost(kernel.proc, id)
  const problem: Problem = { code: 'HOST_NOT_REACHED', what: `Nothing can be run on the engine’s machine, nor read there: ${kernel.because}.`, fix: 'Allow the helper container on the engine’s page, or run the command there yourself.' }
  return { how: 'read', command: '', lines: [], exitCode: null, endedAt: null, tookMs: 0, pid: null, note: null, problem }
}

/** Isoscope may itself run in a container, and then see through walls of its own. */
async function noteHere(id: ViewCommandId, local: ProcSource): Promise<string | null> {
  if (id === 'env')
    return 'Isoscope runs it with these variables alone; a terminal has more.'
  if (id === 'pwd')
    return 'This is the folder in which Isoscope was started.'
  const others = await Promise.all(viewCommand(id).namespaces.map(async type => await isInHostNamespace(local, type) ? [] : [type]))
  const [other] = others.flat()
  return other === undefined ? null : `That Isoscope itself is in the host’s ${other} namespace is not proved: this is what it sees from its own.`
}
