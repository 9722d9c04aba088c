import type { Duplex } from 'node:stream'
import { ProblemError } from '../../../shared/model/problem'
import type { DockerEngine } from '../docker'
import type { Owner } from '../owner'
import { helperImage } from './image'
import { isLeftover } from './leftover'
import { helperRuntime } from './runtime'

/** A helper container that runs, and the connection to its stdin and stdout. */
export interface HelperContainer {
  readonly id: string
  readonly stream: Duplex
}

/**
 * Removes what was left behind, then starts a container of our own. It is attached to before it is started, so that its stdin is never
 * without us: when we go, however that is, it ends and the engine removes it. Throws ProblemError with the engine's words.
 */
export async function startHelperContainer(docker: DockerEngine, owner: Owner, nowMs: number, signal: AbortSignal): Promise<HelperContainer> {
  await removeLeftovers(docker, owner, nowMs, signal)
  const id = await createContainer(docker, owner, signal)
  try {
    const stream = await docker.attach(id, signal)
    try {
      await docker.start(id, signal)
      return { id, stream }
    }
    catch (error) {
      stream.destroy()
      throw error
    }
  }
  catch (error) {
    await removeHelperContainer(docker, id)
    throw error
  }
}

/** Ends it at once. It may be going by itself, or be gone: then there is nothing to do. */
export async function removeHelperContainer(docker: DockerEngine, id: string): Promise<void> {
  const signal = AbortSignal.timeout(REMOVE_MS)
  const isOurs = (await docker.helpers(signal).catch(() => [])).some(({ Id }) => Id === id)
  if (isOurs)
    await docker.remove(id, signal).catch(() => {})
}

const REMOVE_MS = 10_000

async function removeLeftovers(docker: DockerEngine, owner: Owner, nowMs: number, signal: AbortSignal): Promise<void> {
  const leftovers = (await docker.helpers(signal)).filter(found => isLeftover(found, owner, nowMs))
  // Another Isoscope that starts now may have removed it.
  await Promise.all(leftovers.map(({ Id }) => docker.remove(Id, signal).catch(() => {})))
}

/** The image is asked for by its id, and given to the engine when that does not have it; none is ever pulled. */
async function createContainer(docker: DockerEngine, owner: Owner, signal: AbortSignal): Promise<string> {
  const info = await docker.info(signal)
  const { Architecture } = info
  const runtime = helperRuntime(info)
  const image = helperImage(Architecture)
  if (image === null)
    throw new ProblemError({ code: 'HELPER_NOT_BUILT', what: `There is no helper for an engine on ${Architecture || 'an unknown machine'}, only for amd64 and arm64.`, fix: 'Run Isoscope on the engine\'s own machine.' })
  try {
    return await docker.createHelper(image.id, owner.token, runtime, signal)
  }
  catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code !== 'CONTAINER_GONE')
      throw error
  }
  const said = await docker.loadImage(image.tar, signal)
  return docker.createHelper(loadedName(said) ?? image.id, owner.token, runtime, signal)
}

/** `{"stream":"Loaded image: isoscope-helper:0123456789ab\n"}`, or `Loaded image ID: sha256:…`. */
const loadedName = (said: string): string | undefined => /Loaded image(?: ID)?(?:\(s\))?: ([\w./:-]+)/.exec(said)?.[1]
