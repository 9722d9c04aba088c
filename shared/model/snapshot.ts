import { z } from 'zod'
import { Cgroup } from './cgroup'
import { ContainerDetail } from './container'
import { Engine } from './engine'
import { EvidenceByFact } from './evidence'
import { Files } from './files'
import { Host } from './host'
import { Namespace } from './namespace'
import { Network } from './network'
import { Problem } from './problem'
import { HostProcess, ProcessRow } from './process'
import { Security } from './security'
import { SNAPSHOT_FORMAT } from './snapshot-format'
import { ThisComputer } from './this-computer'
import { Users } from './users'

/** Everything seen of one container at one instant. Its outer names are public: README, `isoscope schema`. */
export const Snapshot = z.object({
  format: z.literal(SNAPSHOT_FORMAT),
  /** Names this snapshot to the host that took it. */
  id: z.string(),
  takenAt: z.string(),
  tookMs: z.number(),
  isoscopeVersion: z.string(),
  engine: Engine,
  container: ContainerDetail,
  host: Host,
  /** Null: the engine's kernel is this computer's own, so `host` is about it. */
  thisComputer: ThisComputer.nullable().default(null),
  namespaces: z.array(Namespace),
  processes: z.array(ProcessRow),
  hostProcesses: z.array(HostProcess),
  /** Null: could not be counted; `evidence` says why. */
  processCounts: z.object({ inside: z.number().int().nullable(), host: z.number().int().nullable() }),
  files: Files,
  workingDirectory: z.object({
    inside: z.string().nullable(),
    /** Where that same directory lies on the engine host. */
    onHost: z.string().nullable(),
  }),
  network: Network,
  hostname: z.object({ inside: z.string().nullable(), host: z.string().nullable() }),
  users: Users,
  cgroup: Cgroup,
  security: Security,
  evidence: EvidenceByFact,
  problems: z.array(Problem),
})
export type Snapshot = z.infer<typeof Snapshot>
