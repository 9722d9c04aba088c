import { setTimeout as wait } from 'node:timers/promises'
import { ProblemError } from '../../shared/model/problem'
import type { RunPlan } from '../../shared/model/run-plan'
import type { ToolboxOffer, ToolboxRequest } from '../../shared/model/toolbox'
import { runLine } from '../../shared/run/run-line'
import { runInPlainWords } from '../actions/run-words'
import type { KernelSources } from '../collect/choose-kernel'
import { hasLeft } from '../shell/container-left'
import { type Opening, readingOf, type Terminal } from '../shell/terminal'
import { HELPER_LABEL } from '../sources/action-gate'
import type { DockerEngine } from '../sources/docker'
import type { Owner } from '../sources/owner'
import { temporaryLabels } from '../temporary/labels'
import type { TemporaryRemoval } from '../temporary/temporary-removal'
import { readFirstProcess } from './first-process'
import { planToolbox } from './plan-toolbox'

interface Asked {
  readonly docker: DockerEngine
  readonly sources: KernelSources
  readonly owner: Owner
  readonly containerId: string
}

/** The container that a toolbox is beside: as it was when that was planned. */
interface Target {
  readonly id: string
  readonly pid: number
}

/** Its end is told a little after that of its output. */
const EXIT_MS = 2_000

/** How a toolbox for a container would be run. Throws ProblemError for one that none can be beside. */
export const offerToolbox = async (asked: Asked, signal: AbortSignal): Promise<ToolboxOffer> => (await lookAt(asked, signal)).offer

async function lookAt({ docker, sources, owner, containerId }: Asked, signal: AbortSignal): Promise<{ offer: ToolboxOffer, target: Target }> {
  const container = await docker.inspect(containerId, signal)
  const { Config: { Labels }, State: { Pid: pid } } = container
  if (Labels.has(HELPER_LABEL))
    throw new ProblemError({ code: 'CONTAINER_IS_HELPER', what: 'That is Isoscope’s own helper container; no toolbox is opened beside it.', fix: 'Choose another container.' })
  if (!pid)
    throw new ProblemError({ code: 'CONTAINER_ENDED', what: 'The container does not run, so there is nothing that a toolbox could join.', fix: 'Start it first.' })
  const first = await readFirstProcess({ docker, sources, containerId, signal })
  return { offer: planToolbox({ container, first, labels: temporaryLabels('toolbox', owner) }), target: { id: containerId, pid } }
}

/** A toolbox beside a container, with a terminal in it. It is gone with its terminal, and with that container. */
export async function toolboxOpening(asked: Asked, request: ToolboxRequest, removal: TemporaryRemoval, signal: AbortSignal): Promise<Opening> {
  const { docker } = asked
  const { offer, target } = await lookAt(asked, signal)
  const plan = { ...offer.plan, image: request.image }
  return { engine: docker.endpoint.address, command: runLine(plan), open: (_, outer) => openToolbox(docker, plan, request, target, removal, outer) }
}

/** What was made is removed again when it does not start, or nobody waits for it any more. Throws ProblemError with the engine's words and what to do. */
async function openToolbox(docker: DockerEngine, plan: RunPlan, { image, columns, rows }: ToolboxRequest, target: Target, removal: TemporaryRemoval, outer: AbortSignal): Promise<Terminal> {
  // A request to make one that is given up half way may have made it.
  const { Id: id } = await docker.create(plan, new AbortController().signal).catch((error: unknown) => { throw inToolboxWords(error, image) })
  const gone = new AbortController()
  const remove = async (): Promise<void> => {
    gone.abort()
    await removal.remove(docker, id)
  }
  try {
    outer.throwIfAborted()
    const reading = readingOf(await docker.attach(id, outer))
    const { exitCode } = await docker.wait(id, gone.signal)
    await docker.start(id, outer)
    await docker.resize(id, columns, rows, outer).catch(() => {})
    void endWith(docker, target, remove, gone.signal)
    return {
      ...reading,
      resize: (size, signal) => docker.resize(id, size.columns, size.rows, signal),
      end: remove,
      howItEnded: async signal => ({
        exitCode: await Promise.race([exitCode, wait(EXIT_MS, null, { signal })]).catch(() => null),
        isContainerGone: await hasLeft(docker, target.id, target.pid, signal),
      }),
    }
  }
  catch (error) {
    await remove()
    outer.throwIfAborted()
    throw inToolboxWords(error, image)
  }
}

/** Where a toolbox is in another PID namespace than that of which the container's first process is the first, it would outlive it. */
async function endWith(docker: DockerEngine, { id, pid }: Target, remove: () => Promise<void>, signal: AbortSignal): Promise<void> {
  try {
    const { exitCode } = await docker.wait(id, signal)
    if (!await hasLeft(docker, id, pid, signal))
      await exitCode
    await remove()
  }
  catch {
    // The connection ended: with the toolbox, or with the engine.
  }
}

function inToolboxWords(error: unknown, image: string): unknown {
  const plain = runInPlainWords(error, '')
  return plain instanceof ProblemError && plain.problem.code === 'PROGRAM_MISSING'
    ? new ProblemError({ code: 'TOOLBOX_WITHOUT_SHELL', what: `${image} has no shell (sh), so it is no toolbox.`, fix: 'Choose an image that has one, such as busybox or alpine.' }, { cause: error })
    : plain
}
