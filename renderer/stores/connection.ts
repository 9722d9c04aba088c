import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { z } from 'zod'
import { connect } from '../client/connect'
import { readSample, readSnapshotFile } from '../client/open-recording'
import { createSavedSnapshotClient } from '../client/saved-snapshot'
import type { HostInfo, IsoscopeClient } from '../../shared/contract/contract'
import type { EngineStatus } from '../../shared/model/engine'
import { type Problem, ProblemError } from '../../shared/model/problem'
import type { Snapshot } from '../../shared/model/snapshot'

type HostDescription = z.infer<typeof HostInfo>

/** `lost`: it was open, or will be tried again; `failed`: waiting will not help. */
type Phase = 'connecting' | 'open' | 'lost' | 'failed'

const RECORDING_KEY = 'isoscope.view'

/** Whom the page asks: the host it is in, or a recording that was opened in its place. */
export const useConnection = defineStore('connection', () => {
  const phase = ref<Phase>('connecting')
  const problem = shallowRef<Problem | null>(null)
  const hostClient = shallowRef<IsoscopeClient | null>(null)
  /** The same host, as another object whenever its streams have to begin again. */
  const engineClient = shallowRef<IsoscopeClient | null>(null)
  const recording = shallowRef<{ snapshot: Snapshot, client: IsoscopeClient, isSample: boolean, isRestored: boolean } | null>(null)
  const recordingProblem = shallowRef<Problem | null>(null)
  const host = shallowRef<HostDescription | null>(null)
  /** The host that the page is in, also while a recording is shown in its place. */
  const ownHost = shallowRef<HostDescription | null>(null)
  const engineStatus = shallowRef<EngineStatus | null>(null)
  const engineProblem = shallowRef<Problem | null>(null)
  const isAskingEngine = ref(false)
  /** Counts the engines that were asked, one after the other: nothing that is shown of one outlives it. */
  const engineTurn = ref(0)
  /** Of the endpoint that the person chose, for a host that has forgotten it. */
  let chosenId: string | null = null

  const client = computed(() => recording.value?.client ?? engineClient.value)
  /** What the page shows is the last that was known, no longer what is. */
  const isStale = computed(() => recording.value === null && phase.value === 'lost')

  /** Call once. A recording needs no host, but the way back to the host stays open. `rememberedId`: the endpoint that this page remembers, where its host does not. */
  async function start(token: string | null, isSample: boolean, rememberedId: () => string | null): Promise<void> {
    if (isSample || sessionStorage.getItem(RECORDING_KEY) === 'sample')
      await openRecording(readSample(), true, !isSample)
    connect(token, {
      onOpen: (opened) => {
        const endpointId = rememberedId()
        // Before anything is asked of an engine; what came of it is asked next.
        if (endpointId !== null)
          opened.call('engine.choose', { endpointId, isRemembered: true }).catch(() => {})
        hostClient.value = opened
        engineClient.value = opened
        phase.value = 'open'
        void describeOwnHost(opened)
        if (!recording.value)
          void askHost()
      },
      onLost: () => { phase.value = 'lost' },
      onFailed: (failed) => {
        phase.value = 'failed'
        problem.value = failed
      },
    })
  }

  /** Fails with the connection alone, which is told elsewhere and made again. */
  async function describeOwnHost(asked: IsoscopeClient): Promise<void> {
    const described = await asked.call('host.describe', {}).catch(() => null)
    if (described && asked === hostClient.value)
      ownHost.value = described
  }

  /** Who answers, and which engine it found. Also the "try again" of the engine page. */
  async function askHost(): Promise<void> {
    const asked = client.value
    if (!asked)
      return
    isAskingEngine.value = true
    try {
      const [description, status] = await Promise.all([asked.call('host.describe', {}), asked.call('engine.status', {})])
      if (asked !== client.value)
        return
      host.value = description
      engineStatus.value = status
      engineProblem.value = null
    }
    catch (error) {
      if (asked === client.value)
        engineProblem.value = toProblem(error)
    }
    finally {
      isAskingEngine.value = false
    }
  }

  /** `isRestored`: it was on the page before a reload, whose address says where. */
  async function openRecording(read: Promise<Snapshot>, isSample: boolean, isRestored = false): Promise<void> {
    try {
      const snapshot = Object.freeze(await read)
      recording.value = { snapshot, client: createSavedSnapshotClient(snapshot), isSample, isRestored }
      recordingProblem.value = null
      if (isSample)
        sessionStorage.setItem(RECORDING_KEY, 'sample')
      await askHost()
    }
    catch (error) {
      recordingProblem.value = toProblem(error)
    }
  }

  /** The same engine, by a host that has begun anew: every stream has to be asked for again. */
  async function beginAnew(): Promise<void> {
    const asked = hostClient.value
    if (chosenId !== null)
      await asked?.call('engine.choose', { endpointId: chosenId }).catch(() => {})
    if (asked && asked === hostClient.value)
      engineClient.value = { ...asked }
    if (!recording.value)
      await askHost()
  }

  /**
   * Another engine is asked from now on. What was shown of the old one goes first, then the host makes the change, then everything
   * is asked for again; `make` may be nothing when the change was made elsewhere. Throws what `make` throws, after that.
   */
  async function changeEngine(make: (host: IsoscopeClient) => Promise<unknown>): Promise<void> {
    const asked = hostClient.value
    if (!asked)
      return
    const turn = engineTurn.value += 1
    engineClient.value = null
    isAskingEngine.value = true
    if (!recording.value) {
      engineStatus.value = null
      engineProblem.value = null
    }
    try {
      await make(asked)
    }
    finally {
      if (turn === engineTurn.value && asked === hostClient.value) {
        engineClient.value = { ...asked }
        if (recording.value)
          isAskingEngine.value = false
        else
          await askHost()
      }
    }
  }

  /** One of the host's endpoints, by its id; null: as docker would choose. */
  const chooseEngine = (endpointId: string | null): Promise<void> => changeEngine(async (host) => {
    await host.call('engine.choose', { endpointId })
    chosenId = endpointId
  })

  /** The engine at this address; null: wherever one usually is. `keep` makes the host keep that. */
  const useAddress = (keep: () => Promise<void>): Promise<void> => changeEngine(async () => {
    chosenId = null
    await keep()
  })

  const openSample = (): Promise<void> => openRecording(readSample(), true)
  const openFile = (file: File): Promise<void> => openRecording(readSnapshotFile(file), false)

  async function closeRecording(): Promise<void> {
    sessionStorage.removeItem(RECORDING_KEY)
    recording.value = null
    host.value = null
    engineStatus.value = null
    await askHost()
  }

  return {
    phase, problem, client, hostClient, recording, recordingProblem, host, ownHost, engineStatus, engineProblem, isAskingEngine, isStale, engineTurn,
    start, askHost, beginAnew, changeEngine, chooseEngine, useAddress, openSample, openFile, closeRecording,
  }
})

/** What a store shows of an error: its Problem, or that it is one of ours, which is reported to the console as well. */
export function toProblem(error: unknown): Problem {
  if (error instanceof ProblemError)
    return error.problem
  reportError(error)
  return { code: 'PAGE_FAILED', what: 'The page met an error of its own.', fix: 'Reload the page; the browser\'s console shows the details.' }
}
