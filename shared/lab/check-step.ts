import type { LabFacts, LabRecord, LabWall } from '../model/lab'

/** `unasked`: the person foretold nothing. `unknown`: what was measured does not tell, so nobody was right or wrong. */
export type LabOutcome = 'right' | 'wrong' | 'unasked' | 'unknown'

export interface LabCheck {
  readonly outcome: LabOutcome
  /** What the step's question is answered by what was measured: a choice, or a number; null: it cannot be told. */
  readonly answer: string | null
}

/** What was foretold beside what was measured; null: the step is not done. */
export function checkStep({ facts, prediction }: LabRecord): LabCheck | null {
  if (facts === null)
    return null
  const answer = answerOf(facts)
  return { answer, outcome: answer === null ? 'unknown' : prediction === null ? 'unasked' : isSame(prediction, answer) ? 'right' : 'wrong' }
}

/** A number may be typed as `007`, or in groups as the person's language has them: `4,321`. */
const isSame = (prediction: string, answer: string): boolean =>
  /^\d+$/.test(answer) ? /^\s*(?:\d+|\d{1,3}(?:[.,\s]\d{3})+)\s*$/.test(prediction) && Number(prediction.replaceAll(/\D/g, '')) === Number(answer) : prediction === answer

/** The answer to a step's question by its facts; null where they do not tell. `more`, `other`: none of the choices says it. */
function answerOf(facts: LabFacts): string | null {
  switch (facts.step) {
    case 'build':
      return facts.runningOfIt === 0 ? 'nothing' : 'container'
    case 'run':
      return bothKnown(facts.kernelInside, facts.kernelHost) ? (facts.kernelInside === facts.kernelHost ? 'host' : 'own') : null
    case 'list':
      return numberOf(facts.hostProcesses)
    case 'enter':
      return facts.pidInside === null ? null : facts.pidInside === 1 ? 'same' : 'new'
    case 'count':
      return numberOf(facts.listed)
    case 'pids':
      return numberOf(facts.first)
    case 'roots':
      return facts.wall === 'unknown' ? null : facts.wall === 'host' ? 'same' : facts.common === null ? null : facts.common > 0 ? 'alike' : 'nothing'
    case 'hostname':
      return hostnameAnswer(facts)
    case 'users':
      return facts.uid === null ? null : facts.uid > 0 ? 'user' : facts.hostUid === null ? null : facts.hostUid === 0 ? 'root-both' : 'root-inside'
    case 'interfaces':
      return facts.wall === 'unknown' ? null : facts.wall === 'host' ? 'same' : facts.inside === null ? null : facts.inside.some(name => name !== 'lo') ? 'own' : 'loopback'
    case 'pid-host':
    case 'network-host':
    case 'memory':
      return knobAnswer(facts)
    case 'clean':
      return facts.left[0]?.kind ?? 'nothing'
  }
}

const bothKnown = (a: string | null, b: string | null): boolean => a !== null && b !== null
const numberOf = (value: number | null): string | null => value === null ? null : String(value)

function hostnameAnswer({ inside, outside, containerName, shortId }: Extract<LabFacts, { step: 'hostname' }>): string | null {
  if (inside === null)
    return null
  if (inside === shortId)
    return 'id'
  if (inside === containerName)
    return 'name'
  return outside === null ? null : inside === outside ? 'host' : 'other'
}

/** Which wall is another one now; a wall that is not known on one side may be any. */
function knobAnswer({ walls, memory }: Extract<LabFacts, { step: 'memory' | 'pid-host' | 'network-host' }>): string | null {
  if (walls.some(isUnknown) || walls.length === 0 || memory.plain === null || memory.turned === null)
    return null
  const changed = [...changedWalls(walls).map(({ type }): string => type), ...memory.plain === memory.turned ? [] : ['limit']]
  return changed.length > 1 ? 'more' : changed[0] ?? 'none'
}

const isUnknown = ({ plain, turned }: LabWall): boolean => plain === 'unknown' || turned === 'unknown'

/** Those that are known of both and are not the same. */
export const changedWalls = (walls: readonly LabWall[]): LabWall[] =>
  walls.filter(wall => !isUnknown(wall) && wall.plain !== wall.turned)
