import { LAB_STEPS, type LabStepId } from '../model/lab'

/** What is asked before a step is done: one of a few, or a number. */
export type LabQuestion = { readonly kind: 'choice', readonly choices: readonly string[] } | { readonly kind: 'number' }

/** What to have in mind for each step: its question, and the page that shows the evidence. */
export interface LabStep {
  readonly id: LabStepId
  readonly question: LabQuestion
  /** The answers that the step's explanation explains; null: any. */
  readonly explained: readonly string[] | null
  /** A page of the container, and its part; null: the evidence is on the engine's page. */
  readonly page: { readonly name: 'overview' | 'processes' | 'files' | 'network' | 'shell' | 'compare', readonly part: 'users' | null } | null
}

const choice = (...choices: string[]): LabQuestion => ({ kind: 'choice', choices })
const number: LabQuestion = { kind: 'number' }
const page = (name: NonNullable<LabStep['page']>['name'], part: 'users' | null = null): LabStep['page'] => ({ name, part })

/** The answers to a knob: what is not as it was. */
const CHANGES = choice('pid', 'net', 'limit', 'none')

const STEPS: Readonly<Record<LabStepId, Omit<LabStep, 'id'>>> = {
  'build': { question: choice('nothing', 'container'), explained: ['nothing'], page: null },
  'run': { question: choice('host', 'own'), explained: ['host'], page: page('overview') },
  'list': { question: number, explained: null, page: page('processes') },
  'enter': { question: choice('new', 'same'), explained: ['new'], page: page('shell') },
  'count': { question: number, explained: null, page: page('processes') },
  'pids': { question: number, explained: null, page: page('processes') },
  'roots': { question: choice('same', 'alike', 'nothing'), explained: ['alike', 'nothing'], page: page('files') },
  'hostname': { question: choice('host', 'name', 'id'), explained: ['id'], page: page('network') },
  'users': { question: choice('root-both', 'root-inside', 'user'), explained: null, page: page('network', 'users') },
  'interfaces': { question: choice('same', 'own', 'loopback'), explained: ['own'], page: page('network') },
  'pid-host': { question: CHANGES, explained: ['pid'], page: page('compare') },
  'network-host': { question: CHANGES, explained: ['net'], page: page('compare') },
  'memory': { question: CHANGES, explained: ['limit'], page: page('compare') },
  'clean': { question: choice('nothing', 'image', 'container'), explained: ['nothing'], page: null },
}

/** All steps, in their order. */
export const labSteps: readonly LabStep[] = LAB_STEPS.map(id => ({ id, ...STEPS[id] }))

export const labStep = (id: LabStepId): LabStep => ({ id, ...STEPS[id] })
