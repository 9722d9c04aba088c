import type { Step } from '../shared/model/evidence'
import type { Snapshot } from '../shared/model/snapshot'
import { askOnce } from './ask-once'
import { compareEverything } from './facts/every-fact'
import { inLanes } from './in-lanes'
import { demandOf } from './known-by'
import { type Entry, openLedger } from './ledger'
import { lookAround } from './look'
import type { Machine } from './machine'
import { membersByCgroup } from './oracles/members'

/** One who takes snapshots: each is compared with the same answers of the oracles. */
export interface Viewer {
  readonly take: (containerId: string) => Promise<Snapshot>
  /** The step of the ladder whose facts have to be known; null: that on which the snapshot stands. */
  readonly step: Step | null
}

export interface Verified {
  /** Of each viewer, in their order. */
  readonly entries: readonly (readonly Entry[])[]
  /** Containers that went away before they were compared to the end. */
  readonly gone: readonly string[]
  /** Containers that began anew, ended or were paused each time before they were compared to the end. */
  readonly restless: readonly string[]
}

/** A container that becomes another one while it is looked at is looked at again: one that an engine restarts is left in peace longer each time. */
const MOST_LOOKS = 5

/** Which step a snapshot stands on: that of the processes of the engine's machine, else what the engine tells. */
const stepOf = ({ evidence }: Snapshot): Step => evidence.hostProcesses.step ?? 'engine-api'

/** Compares every fact of each container with its oracles. Throws what `signal` was aborted with. */
export async function verifyContainers(machine: Machine, viewers: readonly Viewer[], containers: readonly { id: string, name: string }[], signal: AbortSignal): Promise<Verified> {
  const entries = viewers.map((): Entry[] => [])
  const [gone, restless]: [string[], string[]] = [[], []]
  await inLanes(containers, signal, async (container) => {
    const compared = await verifyContainer(machine, viewers, container)
    if (compared === 'gone')
      gone.push(container.name)
    else if (compared === 'restless')
      restless.push(container.name)
    else
      compared.forEach((ofViewer, at) => entries[at]?.push(...ofViewer))
  })
  return { entries, gone, restless }
}

async function verifyContainer(machine: Machine, viewers: readonly Viewer[], container: { id: string, name: string }): Promise<(readonly Entry[])[] | 'gone' | 'restless'> {
  try {
    for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
      const before = await runOf(machine, container.id)
      const isAnother = async (): Promise<boolean> => await runOf(machine, container.id) !== before
      const compared = await compareOnce(machine, viewers, container).catch(async (error: unknown) => {
        if (await isAnother())
          return null
        throw error
      })
      if (compared !== null && !await isAnother())
        return compared
    }
    return 'restless'
  }
  catch (error) {
    if (await isThere(machine, container.id))
      throw error
    return 'gone'
  }
}

async function compareOnce(machine: Machine, viewers: readonly Viewer[], { id, name }: { id: string, name: string }): Promise<(readonly Entry[])[]> {
  const { taken, before, after } = await lookAround(machine, id, () => oneAfterTheOther(viewers, ({ take }) => take(id)), membersByCgroup)
  const asked = askOnce(machine)
  return oneAfterTheOther(taken, async (snapshot, at) => {
    const ledger = openLedger(name, fact => demandOf(viewers[at]?.step ?? stepOf(snapshot), fact))
    await compareEverything({ machine: asked, snapshot, before, after }, ledger)
    return ledger.entries
  })
}

async function oneAfterTheOther<In, Out>(items: readonly In[], act: (item: In, at: number) => Promise<Out>): Promise<Out[]> {
  const results: Out[] = []
  for (const [at, item] of items.entries())
    results.push(await act(item, at))
  return results
}

/** The same as long as its first process is, and in the same state. */
const runOf = (machine: Machine, id: string): Promise<string> =>
  machine.docker('inspect', '--format', '{{.State.Status}} {{.State.Pid}} {{.State.StartedAt}} {{.RestartCount}}', id)

const isThere = (machine: Machine, id: string): Promise<boolean> => machine.docker('inspect', '--format', '{{.Id}}', id).then(() => true, () => false)
