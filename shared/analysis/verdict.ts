import type { NamespaceVerdict } from '../model/namespace'
import type { NamespaceType } from '../model/namespace-type'
import type { Snapshot } from '../model/snapshot'
import { countOf } from '../text/count-of'
import { nameList } from '../text/name-list'
import type { Finding } from './analyse'
import { isStopped } from './lifecycle'
import { namespaceOf, typesThatAre } from './namespaces'
import { SEVERITIES, type Severity } from './rule'
import { worst } from './severity'

/** How many rules could be decided; what could not never counts for the container. */
export interface Coverage {
  decided: number
  total: number
  /** `23 of 24 rules could be decided`. */
  sentence: string
}

/**
 * The whole in one word. `open`: a critical finding, the host is within reach. `weak`: a high one. `gaps`: a medium one.
 * `firm`: all is known and nothing of weight was found. `undecided`: what is unknown could weigh more than what was found.
 */
export type VerdictLevel = 'open' | 'weak' | 'gaps' | 'firm' | 'undecided'

export interface Verdict {
  level: VerdictLevel
  /** A few words, for a heading. */
  headline: string
  /** The namespaces, then the findings, in full sentences. */
  sentence: string
  coverage: Coverage
}

const HEADLINES: Readonly<Record<VerdictLevel, string>> = {
  open: 'Open to the host',
  weak: 'Weakly isolated',
  gaps: 'Isolated, with gaps',
  firm: 'Well isolated',
  undecided: 'Not enough is known',
}

/** Critical, high and medium findings call for action; low and info are worth knowing. */
const needsAction = ({ outcome, severity }: Finding): boolean =>
  outcome.status === 'fail' && isAtLeastMedium(severity)

const isAtLeastMedium = (severity: Severity): boolean => SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf('medium')

function coverage(findings: readonly Finding[]): Coverage {
  const total = findings.length
  const decided = findings.filter(({ outcome }) => outcome.status !== 'unknown').length
  return { decided, total, sentence: `${decided} of ${countOf(total, 'rule')} could be decided` }
}

/** The one judgement that the page, the report's cover and the terminal share. It is never better than what is known. */
export function verdictOf(snapshot: Snapshot, findings: readonly Finding[]): Verdict {
  const level = levelOf(snapshot, findings)
  return {
    level,
    headline: isStopped(snapshot) && level === 'undecided' ? 'Not running' : HEADLINES[level],
    sentence: `${namespaceSentence(snapshot)} ${findingSentence(findings)}`,
    coverage: coverage(findings),
  }
}

function levelOf(snapshot: Snapshot, findings: readonly Finding[]): VerdictLevel {
  const severitiesOf = (status: 'fail' | 'unknown'): Severity[] =>
    findings.filter(({ outcome }) => outcome.status === status).map(({ severity }) => severity)
  const found = worst(severitiesOf('fail'))
  const missed = severitiesOf('unknown')
  if (found === 'critical')
    return 'open'
  if (missed.some(severity => SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(found)))
    return 'undecided'
  if (found === 'high')
    return 'weak'
  if (found === 'medium')
    return 'gaps'
  return missed.length > 0 || typesThatAre(snapshot, 'unknown').length > 0 ? 'undecided' : 'firm'
}

const VERBS: readonly { verdict: NamespaceVerdict, one: string, many: string }[] = [
  { verdict: 'private', one: 'is private', many: 'are private' },
  { verdict: 'host', one: 'is the host’s', many: 'are the host’s' },
  { verdict: 'shared', one: 'is shared with another container', many: 'are shared with other containers' },
  { verdict: 'unknown', one: 'is unknown', many: 'are unknown' },
]

/** `6 of 8 namespaces are private; 2 are the host’s (user, time).` Every verdict but `private` names its namespaces. */
export function namespaceSentence(snapshot: Snapshot): string {
  if (isStopped(snapshot))
    return 'The container is not running: it has no namespaces now.'
  const parts = VERBS.flatMap(({ verdict, one, many }) => {
    const types = typesThatAre(snapshot, verdict)
    if (verdict === 'private')
      return [`${types.length} of 8 namespaces ${types.length === 1 ? one : many}`]
    return types.length === 0 ? [] : [`${types.length} ${types.length === 1 ? one : many} (${types.map(type => withNames(snapshot, type, verdict)).join(', ')})`]
  })
  return `${parts.join('; ')}.`
}

function withNames(snapshot: Snapshot, type: NamespaceType, verdict: NamespaceVerdict): string {
  const others = namespaceOf(snapshot, type)?.sharedWith ?? []
  return verdict === 'shared' && others.length > 0 ? `${type} with ${nameList(others.map(({ name }) => name))}` : type
}

/** `3 findings need action, 2 are worth knowing, 1 rule could not be decided.` */
function findingSentence(findings: readonly Finding[]): string {
  const failed = findings.filter(({ outcome }) => outcome.status === 'fail')
  const urgent = failed.filter(needsAction).length
  const mild = failed.length - urgent
  const unknown = findings.filter(({ outcome }) => outcome.status === 'unknown').length
  const parts = [
    urgent === 0 ? 'No finding needs action' : `${countOf(urgent, 'finding needs', 'findings need')} action`,
    ...mild > 0 ? [`${mild} ${mild === 1 ? 'is' : 'are'} worth knowing`] : [],
    ...unknown > 0 ? [`${unknown} could not be decided`] : [],
  ]
  return `${parts.join(', ')}.`
}
