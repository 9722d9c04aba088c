import { z } from 'zod'

/** The ladder: by whom the engine's kernel is asked, nearest first. `helper`: a container of Isoscope's own beside the others. */
export const STEPS = ['root', 'user', 'helper', 'engine-api'] as const
export const Step = z.enum(STEPS)
export type Step = z.infer<typeof Step>

/**
 * How one fact was read. `command` shows the same fact to a person in a terminal on the engine's machine.
 * A fact that could not be read is `null` where it stands, and `unknownBecause` here says why.
 */
export const Evidence = z.object({
  /**
   * `nsenter`: a program of the engine's machine, run in the container's namespace. `system`: a call or a program of the operating system
   * of this computer, where that is another one than the engine's machine.
   */
  source: z.enum(['proc', 'cgroup', 'file', 'engine-api', 'nsenter', 'system', 'none']),
  /** The file, the API path or the reason in one line: `/proc/1234/ns/pid`, `GET /containers/{id}/json`. */
  detail: z.string(),
  command: z.string(),
  unknownBecause: z.string().nullable(),
  /** The step of the ladder that read it; null for a fact that none read, and in recordings of before there was a ladder. */
  step: Step.nullable().default(null),
  /** The step that would read what is missing here; null when nothing is missing, or nothing would help. */
  missingStep: Step.nullable().default(null),
})
export type Evidence = z.infer<typeof Evidence>

/** Every fact a page or a report can be asked about. Namespaces carry their own evidence, one each. */
export const FactName = z.enum([
  'engine',
  'container',
  'host',
  'processes',
  'hostProcesses',
  'processCounts.inside',
  'processCounts.host',
  'files.rootInside',
  'files.rootHost',
  'files.size',
  'files.changes',
  'files.mounts',
  'workingDirectory.inside',
  'workingDirectory.onHost',
  'network.inside',
  'network.host',
  'network.published',
  'hostname.inside',
  'hostname.host',
  'users.inside',
  'users.host',
  'users.idMaps',
  'cgroup',
  'security',
])
export type FactName = z.infer<typeof FactName>

/** All facts of one snapshot; a collector that could not run still leaves its reason here. */
export const EvidenceByFact = z.record(FactName, Evidence)
export type EvidenceByFact = z.infer<typeof EvidenceByFact>
