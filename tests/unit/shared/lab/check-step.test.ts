import { describe, expect, it } from 'vitest'
import { checkStep } from '../../../../shared/lab/check-step'
import { labSteps } from '../../../../shared/lab/lab-steps'
import { LAB_STEPS, type LabFacts, type LabStepId, type LabWall } from '../../../../shared/model/lab'
import { NAMESPACE_TYPES, type NamespaceType } from '../../../../shared/model/namespace-type'
import type { NamespaceVerdict } from '../../../../shared/model/namespace'
import type { ViewAnswer } from '../../../../shared/model/two-views'

const view: ViewAnswer = {
  argv: ['true'],
  container: { how: 'ran', command: '', lines: [], exitCode: 0, endedAt: null, tookMs: 1, pid: 7, note: null, problem: null },
  host: null,
  thisComputer: null,
}

type KnobFacts = Extract<LabFacts, { walls: unknown }>
const walls = (turned: Partial<Record<NamespaceType, NamespaceVerdict>>): LabWall[] =>
  NAMESPACE_TYPES.map(type => ({ type, plain: 'private', turned: turned[type] ?? 'private' }))
const knob = (step: KnobFacts['step'], more: Partial<KnobFacts>): LabFacts => ({
  step,
  plainId: 'a',
  containerId: 'b',
  walls: walls({}),
  memory: { plain: 'unlimited', turned: 'unlimited' },
  differences: [],
  sameCount: 90,
  unknownCount: 0,
  warnings: [],
  ...more,
})
const clean = (left: Extract<LabFacts, { step: 'clean' }>['left']): LabFacts =>
  ({ step: 'clean', removed: { containers: [], images: 0 }, left, inventory: [] })

/** What each step's facts answer; null: they cannot tell. */
const ANSWERS: readonly (readonly [what: string, facts: LabFacts, answer: string | null])[] = [
  ['nothing runs of the image', { step: 'build', imageId: 'i', ownImages: 5, runningOfIt: 0 }, 'nothing'],
  ['a container of it runs', { step: 'build', imageId: 'i', ownImages: 5, runningOfIt: 1 }, 'container'],
  ['one kernel', { step: 'run', containerId: 'c', kernelInside: '6.1', kernelHost: '6.1', tookMs: 1 }, 'host'],
  ['two kernels', { step: 'run', containerId: 'c', kernelInside: '4.4', kernelHost: '6.1', tookMs: 1 }, 'own'],
  ['no word of the kernel inside', { step: 'run', containerId: 'c', kernelInside: null, kernelHost: '6.1', tookMs: 1 }, null],
  ['no word of the kernel outside', { step: 'run', containerId: 'c', kernelInside: '6.1', kernelHost: null, tookMs: null }, null],
  ['three processes', { step: 'list', rows: [], hostProcesses: 3 }, '3'],
  ['an unknown number of processes', { step: 'list', rows: [], hostProcesses: null }, null],
  ['a process of its own', { step: 'enter', view, pidInside: 9, pidOutside: 1000, name: 'a' }, 'new'],
  ['PID 1', { step: 'enter', view, pidInside: 1, pidOutside: 1000, name: 'a' }, 'same'],
  ['a program that did not run', { step: 'enter', view, pidInside: null, pidOutside: null, name: null }, null],
  ['four lines of ps', { step: 'count', view, wall: 'private', listed: 4, inside: 3, host: 500, pairs: [] }, '4'],
  ['no ps in the image', { step: 'count', view, wall: 'private', listed: null, inside: 3, host: 500, pairs: [] }, null],
  ['a PID on the host', { step: 'pids', pairs: [], first: 4321 }, '4321'],
  ['no PID on the host', { step: 'pids', pairs: [], first: null }, null],
  ['two roots', { step: 'roots', view, wall: 'private', inside: 12, outside: 20, common: 9 }, 'alike'],
  ['two roots without a common name', { step: 'roots', view, wall: 'private', inside: 1, outside: 20, common: 0 }, 'nothing'],
  ['one root', { step: 'roots', view, wall: 'host', inside: 20, outside: 20, common: 20 }, 'same'],
  ['a root behind an unknown wall', { step: 'roots', view, wall: 'unknown', inside: 12, outside: 20, common: 9 }, null],
  ['a root that was not read', { step: 'roots', view, wall: 'private', inside: null, outside: 20, common: null }, null],
  ['the short id', { step: 'hostname', view, wall: 'private', inside: 'abc', outside: 'h', containerName: 'n', shortId: 'abc' }, 'id'],
  ['the container’s name', { step: 'hostname', view, wall: 'private', inside: 'n', outside: null, containerName: 'n', shortId: 'abc' }, 'name'],
  ['the host’s name', { step: 'hostname', view, wall: 'host', inside: 'h', outside: 'h', containerName: 'n', shortId: 'abc' }, 'host'],
  ['another name', { step: 'hostname', view, wall: 'private', inside: 'x', outside: 'h', containerName: 'n', shortId: 'abc' }, 'other'],
  ['a name beside an unknown one', { step: 'hostname', view, wall: 'private', inside: 'x', outside: null, containerName: 'n', shortId: 'abc' }, null],
  ['no name', { step: 'hostname', view, wall: 'unknown', inside: null, outside: 'h', containerName: 'n', shortId: 'abc' }, null],
  ['root on both sides', { step: 'users', view, wall: 'host', uid: 0, hostUid: 0, user: 'root', hostUser: 'root' }, 'root-both'],
  ['root inside alone', { step: 'users', view, wall: 'private', uid: 0, hostUid: 100_000, user: 'root', hostUser: null }, 'root-inside'],
  ['a user', { step: 'users', view, wall: 'host', uid: 1000, hostUid: null, user: null, hostUser: null }, 'user'],
  ['root who is nobody known outside', { step: 'users', view, wall: 'unknown', uid: 0, hostUid: null, user: 'root', hostUser: null }, null],
  ['an unknown user', { step: 'users', view, wall: 'unknown', uid: null, hostUid: null, user: null, hostUser: null }, null],
  ['an interface of its own', { step: 'interfaces', view, wall: 'private', inside: ['lo', 'eth0'], outside: ['lo'] }, 'own'],
  ['lo alone', { step: 'interfaces', view, wall: 'private', inside: ['lo'], outside: null }, 'loopback'],
  ['the host’s interfaces', { step: 'interfaces', view, wall: 'host', inside: ['lo', 'eth0'], outside: ['lo', 'eth0'] }, 'same'],
  ['interfaces behind an unknown wall', { step: 'interfaces', view, wall: 'unknown', inside: ['lo', 'eth0'], outside: ['lo'] }, null],
  ['no interfaces that were read', { step: 'interfaces', view, wall: 'private', inside: null, outside: ['lo'] }, null],
  ['one wall that fell', knob('pid-host', { walls: walls({ pid: 'host' }) }), 'pid'],
  ['another wall that fell', knob('network-host', { walls: walls({ net: 'host' }) }), 'net'],
  ['two walls that fell', knob('network-host', { walls: walls({ net: 'host', uts: 'host' }) }), 'more'],
  ['a limit', knob('memory', { memory: { plain: 'unlimited', turned: 64 } }), 'limit'],
  ['a limit and a wall', knob('memory', { walls: walls({ pid: 'host' }), memory: { plain: 'unlimited', turned: 64 } }), 'more'],
  ['nothing that changed', knob('memory', {}), 'none'],
  ['a wall that is unknown beside one that fell', knob('pid-host', { walls: walls({ pid: 'host', ipc: 'unknown' }) }), null],
  ['a limit that is unknown', knob('memory', { memory: { plain: 'unlimited', turned: null } }), null],
  ['no walls at all', knob('memory', { walls: [] }), null],
  ['an empty bench', clean([]), 'nothing'],
  ['an image that is left', clean([{ kind: 'image', name: 'i' }]), 'image'],
  ['a container that is left', clean([{ kind: 'container', name: 'c' }, { kind: 'image', name: 'i' }]), 'container'],
]

const record = (facts: LabFacts | null, prediction: string | null) => ({ step: facts?.step ?? 'build' as LabStepId, state: 'done' as const, prediction, facts, problem: null })

describe('a step that is checked', () => {
  it.each(ANSWERS)('answers by its facts: %s', (_what, facts, answer) => {
    expect(checkStep(record(facts, null))).toEqual({ answer, outcome: answer === null ? 'unknown' : 'unasked' })
  })

  it.each(ANSWERS)('is right for its answer alone, and for nothing where that is unknown: %s', (_what, facts, answer) => {
    const choices = labSteps.find(({ id }) => id === facts.step)?.question
    const predictions = [...choices?.kind === 'choice' ? choices.choices : ['0', '1', '3', '4', '4321'], 'nonsense', '', 'null', 'unknown']
    for (const prediction of predictions)
      expect([prediction, checkStep(record(facts, prediction))?.outcome]).toEqual([prediction, answer === null ? 'unknown' : prediction === answer ? 'right' : 'wrong'])
  })

  it('takes a number as it is meant, and no empty field for zero', () => {
    const facts: LabFacts = { step: 'list', rows: [], hostProcesses: 3 }
    const outcomes = (predictions: string[], hostProcesses: number) => predictions.map(prediction => checkStep(record({ ...facts, hostProcesses }, prediction))?.outcome)
    expect(new Set(outcomes(['3', '03', ' 3 '], 3))).toEqual(new Set(['right']))
    expect(new Set(outcomes(['4321', '4,321', '4.321', '4 321'], 4321))).toEqual(new Set(['right']))
    expect(new Set(outcomes(['3.0', '3e0', '', 'three', '-3', '0x3'], 3))).toEqual(new Set(['wrong']))
    expect(checkStep(record({ ...facts, hostProcesses: 0 }, ' '))?.outcome).toBe('wrong')
  })

  it('is none while it is not done', () => {
    expect(checkStep(record(null, 'nothing'))).toBe(null)
  })

  it('was tried for every step, with facts that tell and facts that do not', () => {
    for (const step of LAB_STEPS) {
      const answers = ANSWERS.filter(([, facts]) => facts.step === step).map(([, , answer]) => answer)
      expect([step, answers.some(answer => answer !== null)]).toEqual([step, true])
    }
    // What the engine itself lists is always known, or the step failed.
    const certain = ['build', 'clean']
    expect(LAB_STEPS.filter(step => !certain.includes(step) && !ANSWERS.some(([, facts, answer]) => isKind(facts.step, step) && answer === null))).toEqual([])
  })
})

/** The three knobs are answered alike. */
const isKind = (a: LabStepId, b: LabStepId): boolean => a === b || [a, b].every(step => ['pid-host', 'network-host', 'memory'].includes(step))
