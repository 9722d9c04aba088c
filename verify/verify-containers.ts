import type { Step } from '../shared/model/evidence'
import type { Snapshot } from '../shared/model/snapshot'
import { compareEverything } from './facts/every-fact'
import { mustKnow } from './known-by'
import { type Entry, openLedger } from './ledger'
import { lookAt } from './look'
import type { Machine } from './machine'
import { membersByCgroup } from './oracles/members'

export interface Verified {
  readonly entries: readonly Entry[]
  /** Containers that went away before they were compared to the end. */
  readonly gone: readonly string[]
}

/** Which step a snapshot stands on: that of the processes of the engine's machine, else what the engine tells. */
const stepOf = ({ evidence }: Snapshot): Step => evidence.hostProcesses.step ?? 'engine-api'

/** Compares every fact of each container with its oracles, one container after the other. */
export async function verifyContainers(machine: Machine, take: (containerId: string) => Promise<Snapshot>, containers: readonly { id: string, name: string }[], atLeast: Step | null = null): Promise<Verified> {
  const entries: Entry[] = []
  const gone: string[] = []
  for (const { id, name } of containers) {
    try {
      const look = await lookAt(machine, id, take, membersByCgroup)
      const ledger = openLedger(name, fact => mustKnow(atLeast ?? stepOf(look.snapshot), fact))
      await compareEverything(look, ledger)
      entries.push(...ledger.entries)
    }
    catch (error) {
      if (await isThere(machine, id))
        throw error
      gone.push(name)
    }
  }
  return { entries, gone }
}

const isThere = (machine: Machine, id: string): Promise<boolean> => machine.docker('inspect', '--format', '{{.Id}}', id).then(() => true, () => false)
