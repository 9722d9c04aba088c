import type { BuildRequest } from '../model/image-work'
import { shellLine } from '../text/shell-quote'

/** What fetches the same image in a terminal. */
export const pullLine = (reference: string): string => shellLine(['docker', 'pull', reference])

/** What builds the same image in a terminal. */
export const buildLine = ({ folder, dockerfile, tag }: BuildRequest): string =>
  shellLine(['docker', 'build', ...tag === '' ? [] : ['-t', tag], ...dockerfile === 'Dockerfile' ? [] : ['-f', `${folder}/${dockerfile}`], folder])

/** What builds an image of a Dockerfile alone, without a folder. */
export const buildTextLine = (dockerfile: string, tag: string): string =>
  `${shellLine(['docker', 'build', '-t', tag, '-'])} <<'DOCKERFILE'\n${dockerfile}DOCKERFILE`
