import { z } from 'zod'
import { Limit } from './cgroup'
import { NamespaceVerdict } from './namespace'
import { NamespaceType } from './namespace-type'
import { Problem } from './problem'
import { ViewAnswer } from './two-views'

/** The steps of the guided lab, in their order. */
export const LAB_STEPS = ['build', 'run', 'list', 'enter', 'count', 'pids', 'roots', 'hostname', 'users', 'interfaces', 'pid-host', 'network-host', 'memory', 'clean'] as const
export const LabStepId = z.enum(LAB_STEPS)
export type LabStepId = z.infer<typeof LabStepId>

/** Null, wherever it stands below: it could not be measured. */
const count = z.number().int().nullable()
const text = z.string().nullable()

/** A step that is one command in the container and outside, and the wall that it looks through. */
const seenTwice = { view: ViewAnswer, wall: NamespaceVerdict }

/** One namespace of the lab's container, and of the one that was run again with one flag more. */
export const LabWall = z.object({ type: NamespaceType, plain: NamespaceVerdict, turned: NamespaceVerdict })
export type LabWall = z.infer<typeof LabWall>

/** One fact that the comparison of two snapshots found to differ; of long lists the beginning. */
export const LabDifference = z.object({
  what: z.string(),
  plain: z.array(z.string()),
  turned: z.array(z.string()),
  /** How many more each has. */
  morePlain: z.number().int(),
  moreTurned: z.number().int(),
})
export type LabDifference = z.infer<typeof LabDifference>

/** One kind of thing that an engine has: how many before the lab and after it, and what came and went meanwhile, by name. */
export const LabInventory = z.object({
  kind: z.enum(['containers', 'images', 'volumes', 'networks']),
  before: z.number().int(),
  after: z.number().int(),
  came: z.array(z.string()),
  gone: z.array(z.string()),
})
export type LabInventory = z.infer<typeof LabInventory>

/** What was measured in a step. */
export const LabFacts = z.discriminatedUnion('step', [
  z.object({ step: z.literal('build'), imageId: z.string(), ownImages: z.number().int(), runningOfIt: z.number().int() }),
  z.object({ step: z.literal('run'), containerId: z.string(), kernelInside: text, kernelHost: text, tookMs: z.number().nullable() }),
  z.object({
    step: z.literal('list'),
    rows: z.array(z.object({ name: z.string(), image: z.string(), status: z.string(), isLab: z.boolean() })),
    hostProcesses: count,
  }),
  z.object({ step: z.literal('enter'), view: ViewAnswer, pidInside: count, pidOutside: count, name: text }),
  z.object({ step: z.literal('count'), ...seenTwice, listed: count, inside: count, host: count, pairs: z.array(z.object({ inside: count, host: count })) }),
  z.object({ step: z.literal('pids'), pairs: z.array(z.object({ command: z.string(), inside: count, host: count })), first: count }),
  z.object({ step: z.literal('roots'), ...seenTwice, inside: count, outside: count, common: count }),
  z.object({ step: z.literal('hostname'), ...seenTwice, inside: text, outside: text, containerName: z.string(), shortId: z.string() }),
  z.object({ step: z.literal('users'), ...seenTwice, uid: count, hostUid: count, user: text, hostUser: text }),
  z.object({ step: z.literal('interfaces'), ...seenTwice, inside: z.array(z.string()).nullable(), outside: z.array(z.string()).nullable() }),
  z.object({
    step: z.enum(['pid-host', 'network-host', 'memory']),
    plainId: z.string(),
    containerId: z.string(),
    walls: z.array(LabWall),
    memory: z.object({ plain: Limit, turned: Limit }),
    differences: z.array(LabDifference),
    sameCount: z.number().int(),
    unknownCount: z.number().int(),
    /** In the engine's own words. */
    warnings: z.array(z.string()),
  }),
  z.object({
    step: z.literal('clean'),
    removed: z.object({ containers: z.array(z.string()), images: z.number().int() }),
    /** What is the lab's and is still there. */
    left: z.array(z.object({ kind: z.enum(['container', 'image']), name: z.string() })),
    inventory: z.array(LabInventory),
  }),
])
export type LabFacts = z.infer<typeof LabFacts>

/** What a person foretold: one of the step's choices, or a number as it was typed. */
const Prediction = z.string().max(40)

/** What became of one step. */
export const LabRecord = z.object({
  step: LabStepId,
  state: z.enum(['doing', 'done', 'failed']),
  /** Null: the person left the question open. */
  prediction: Prediction.nullable(),
  /** Null: it is not done, or failed. */
  facts: LabFacts.nullable(),
  problem: Problem.nullable(),
})
export type LabRecord = z.infer<typeof LabRecord>

/** The one lab of an Isoscope: kept by the engine's process, so that every page shows the same one. */
export const Lab = z.object({
  /** What its image and its container are called. */
  name: z.string(),
  /** On everything that it makes. */
  labels: z.array(z.object({ name: z.string(), value: z.string() })),
  /** Whose engine it is on; null: it has not begun. */
  engine: z.string().nullable(),
  /** What its image is built from; null: it has not begun. */
  baseImage: z.string().nullable(),
  /** The container of the steps; null: none is there. */
  containerId: z.string().nullable(),
  /** What the engine writes while it builds. */
  buildLines: z.array(z.string()),
  /** One for each step that was begun. */
  records: z.array(LabRecord),
  /** Everything that it made was removed. */
  isEnded: z.boolean(),
})
export type Lab = z.infer<typeof Lab>

/** What a person has done next. `baseImage`: for `build`, a name of an image that the engine has. */
export const LabOrder = z.object({
  step: LabStepId,
  prediction: Prediction.nullable(),
  baseImage: z.string().max(500).regex(/^\w[\w.:/@-]*$/).nullable(),
})
export type LabOrder = z.infer<typeof LabOrder>
