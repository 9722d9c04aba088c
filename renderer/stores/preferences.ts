import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { DEFAULT_PREFERENCES, Preferences } from '../../shared/model/preferences'
import { type Problem, ProblemError } from '../../shared/model/problem'
import { toProblem, useConnection } from './connection'

const KEY = 'isoscope.preferences'

/** What the person chose: kept by the host that has the ability, otherwise in this browser. */
export const usePreferences = defineStore('preferences', () => {
  const connection = useConnection()
  const preferences = shallowRef<Preferences>(readBrowser())
  /** What could not be read or kept, from the last that was tried. */
  const problem = shallowRef<Problem | null>(null)
  /** False until the host has said what it keeps, or that it keeps nothing, or that none will answer. */
  const isKnown = ref(false)
  /** Chosen before that; whose it is to keep is not known yet. */
  let early: Partial<Preferences> = {}
  const isKeptByHost = computed(() => connection.ownHost?.abilities.includes('preferences') === true)

  watch(() => preferences.value.theme, (theme) => { document.documentElement.dataset['theme'] = theme }, { immediate: true })

  watch(() => connection.ownHost, async (host) => {
    if (!host)
      return
    if (!isKeptByHost.value)
      return keepEarly()
    const client = connection.hostClient
    if (!client)
      return
    try {
      const kept = await client.call('preferences.read', {})
      preferences.value = kept.preferences
      problem.value = kept.problem
      await keepEarly()
    }
    catch (error) {
      problem.value = toProblem(error)
    }
  }, { immediate: true })
  watch(() => connection.phase, async (phase) => {
    if (phase === 'failed')
      await keepEarly()
  }, { immediate: true })

  async function keepEarly(): Promise<void> {
    const chosen = early
    early = {}
    isKnown.value = true
    if (Object.keys(chosen).length > 0)
      await change(chosen)
  }

  /** Takes effect at once, and is kept; when that fails it still holds until Isoscope ends. */
  async function change(part: Partial<Preferences>): Promise<void> {
    const next = { ...preferences.value, ...part }
    preferences.value = next
    if (!isKnown.value) {
      early = { ...early, ...part }
      return
    }
    try {
      if (isKeptByHost.value)
        await connection.hostClient?.call('preferences.write', next)
      else
        keepInBrowser(next)
      problem.value = null
    }
    catch (error) {
      problem.value = toProblem(error)
    }
  }

  /** The engine is asked at that address from now on; null: wherever one usually is. */
  async function useEngine(address: string | null): Promise<void> {
    await connection.useAddress(() => change({ engineAddress: address, endpointId: null }))
  }

  return { preferences, problem, isKnown, isKeptByHost, change, useEngine }
})

/** A browser may refuse it: no room, or no storage for this page at all. Throws ProblemError. */
function keepInBrowser(preferences: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences))
  }
  catch (cause) {
    throw new ProblemError({
      code: 'PREFERENCES_NOT_KEPT',
      what: 'This browser does not keep the preferences.',
      fix: 'They hold until this page is closed. Allow the page to store data, or make room.',
    }, { cause })
  }
}

/** What this browser keeps; what is not valid any more counts as nothing. */
function readBrowser(): Preferences {
  try {
    const parsed = Preferences.safeParse(JSON.parse(localStorage.getItem(KEY) ?? 'null'))
    return parsed.success ? parsed.data : DEFAULT_PREFERENCES
  }
  catch {
    return DEFAULT_PREFERENCES
  }
}
