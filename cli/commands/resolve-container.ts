import type { Container } from '../../shared/model/container'
import { ProblemError } from '../../shared/model/problem'

const MOST_CANDIDATES = 10

/**
 * Finds a container as docker does: exact name, then exact id, then the beginning of one id and no other. Throws ProblemError
 * CONTAINER_UNKNOWN or CONTAINER_AMBIGUOUS, which name the candidates.
 */
export function resolveContainer(containers: readonly Container[], text: string): Container {
  const exact = containers.find(({ name }) => name === text) ?? containers.find(({ id }) => id === text)
  if (exact)
    return exact
  const [first, ...others] = containers.filter(({ id }) => id.startsWith(text))
  if (!first)
    throw new ProblemError({
      code: 'CONTAINER_UNKNOWN',
      what: `There is no container named "${text}", and no id that begins so.`,
      fix: containers.length === 0 ? 'This engine has no containers: start one first.' : `There are: ${candidates(likeliestFirst(containers, text))}.`,
    })
  if (others.length > 0)
    throw new ProblemError({
      code: 'CONTAINER_AMBIGUOUS',
      what: `${others.length + 1} ids begin with "${text}".`,
      fix: `Write more of one of these: ${candidates([first, ...others])}.`,
    })
  return first
}

function likeliestFirst(containers: readonly Container[], text: string): Container[] {
  const isLike = ({ name }: Container): boolean => name.toLowerCase().includes(text.toLowerCase())
  return [...containers.filter(isLike), ...containers.filter(container => !isLike(container))]
}

function candidates(containers: readonly Container[]): string {
  const shown = containers.slice(0, MOST_CANDIDATES).map(({ id, name }) => `${name} (${id.slice(0, 12)})`)
  const omitted = containers.length - shown.length
  return [...shown, ...omitted > 0 ? [`${omitted} more (isoscope ls -a)`] : []].join(', ')
}
