import { type Knob } from '../model/knob'
import { emptyPlan, type RunPlan } from '../model/run-plan'
import type { Lab, LabStepId } from '../model/lab'
import { TEMPORARY_LABEL } from '../model/temporary'
import { turnKnob } from '../run/knobs'

/** A shell that waits for two that sleep: three processes. */
const PROGRAM = ['sh', '-c', 'sleep 1000000 & sleep 1000000 & wait']

/**
 * What the lab's image is built of. Each instruction leaves an image behind where the engine builds without BuildKit, and the labels stand first so that every one
 * of them has them. `WORKDIR` makes a folder that is in no other root; what the base image would start beside the program is taken away.
 */
export const labDockerfile = (baseImage: string, labels: Lab['labels']): string => [
  `FROM ${baseImage}`,
  `LABEL ${labels.map(({ name, value }) => `${name}="${value}"`).join(' ')}`,
  'WORKDIR /isoscope-lab',
  'HEALTHCHECK NONE',
  'ENTRYPOINT []',
  `CMD ${JSON.stringify(PROGRAM).replaceAll('","', '", "')}`,
  '',
].join('\n')

/** `docker run` of the lab's image, which gives its container the label that says whose it is. */
export const labPlan = (name: string): RunPlan =>
  ({ ...emptyPlan(name), name, labels: [{ name: TEMPORARY_LABEL, value: 'lab' }], isDetached: true })

/** The steps in which it is run again with one flag more. */
export type LabKnobStep = Extract<LabStepId, 'pid-host' | 'network-host' | 'memory'>

const KNOBS: Readonly<Record<LabKnobStep, Knob>> = {
  'pid-host': { kind: 'pid-host' },
  'network-host': { kind: 'network-host' },
  'memory': { kind: 'memory', bytes: 64 * 1024 ** 2 },
}

/** The same with one flag more, under a name that says which. */
export const labKnobPlan = (name: string, step: LabKnobStep): RunPlan =>
  turnKnob({ ...labPlan(name), name: `${name}-${step}` }, KNOBS[step])
