import type { BuildRequest, ImageWork } from '../../shared/model/image-work'
import { ProblemError } from '../../shared/model/problem'
import { buildLine, buildTextLine, pullLine } from '../../shared/run/image-lines'
import { dockerfileTar } from '../images/dockerfile-tar'
import { openBuildFolder } from '../images/folder-tar'
import { imageWork } from '../images/image-work'
import type { ImageMessage } from '../parse/docker-image-message'
import type { BuildSource, DockerEngine } from '../sources/docker'
import type { ActionLog } from './action-log'
import { buildFailed, pullFailed, refusalWords } from './image-words'

interface WorkOptions {
  readonly docker: DockerEngine
  readonly log: ActionLog
  /** Its end ends the work: the engine gives up what nobody waits for. */
  readonly signal: AbortSignal
}

/** As `docker pull`, without a password: none is read here. Throws ProblemError in words of the person's own task. */
export function pullImage({ docker, log, signal }: WorkOptions, reference: string): AsyncGenerator<ImageWork> {
  return imageWork(signal, async ({ tell }, stopped) => {
    let digest = ''
    await log.record({ engine: docker.endpoint.address, command: pullLine(reference) }, async () => {
      for await (const message of failing(docker.pull(reference, stopped), said => pullFailed(said, reference, null), stopped)) {
        digest = /^Digest: (sha256:[0-9a-f]{64})$/.exec(message.status ?? '')?.[1] ?? digest
        tell(message)
      }
      return null
    })
    const found = (await docker.images(stopped)).find(({ RepoDigests, RepoTags }) => digest === '' ? RepoTags.includes(reference) : RepoDigests.some(known => known.endsWith(`@${digest}`)))
    if (found === undefined)
      throw pullFailed('it was fetched, and is not among the images', reference, null)
    return found.Id
  })
}

/** As `docker build`: the folder is sent to the engine, without what its `.dockerignore` names. */
export function buildImage(options: WorkOptions, request: BuildRequest): AsyncGenerator<ImageWork> {
  const { folder, dockerfile, tag } = request
  return built(options, buildLine(request), async () => ({ ...await openBuildFolder(folder, dockerfile), dockerfile, tag }))
}

/** As `docker build -`: of a Dockerfile alone, which needs no folder. */
export const buildFromText = (options: WorkOptions, text: string, tag: string): AsyncGenerator<ImageWork> =>
  built(options, buildTextLine(text, tag), async () => ({ tar: dockerfileTar(text), dockerfile: 'Dockerfile', tag }))

function built({ docker, log, signal }: WorkOptions, command: string, open: () => Promise<BuildSource>): AsyncGenerator<ImageWork> {
  return imageWork(signal, async ({ tell }, stopped) => {
    let imageId = ''
    await log.record({ engine: docker.endpoint.address, command }, async () => {
      const source = await open()
      for await (const message of failing(docker.build(source, stopped), said => buildFailed(said, null), stopped)) {
        imageId = message.aux?.ID ?? imageId
        tell(message)
      }
      return null
    })
    if (!/^sha256:[0-9a-f]{64}$/.test(imageId))
      throw buildFailed('it ended without an image', null)
    return imageId
  })
}

/** The messages up to one that tells of a failure: that comes in a good answer, too. */
async function* failing(answer: Promise<AsyncIterable<ImageMessage>>, failed: (said: string) => ProblemError, signal: AbortSignal): AsyncGenerator<ImageMessage> {
  try {
    for await (const message of await answer) {
      if (message.error !== undefined)
        throw failed(message.error)
      yield message
    }
  }
  catch (error) {
    const said = refusalWords(error)
    throw signal.aborted ? GIVEN_UP : said === null ? error : failed(said)
  }
}

const GIVEN_UP = new ProblemError({ code: 'ACTION_GIVEN_UP', what: 'It was given up: whoever asked for it left.', fix: 'Ask again, and stay until it is done.' })
