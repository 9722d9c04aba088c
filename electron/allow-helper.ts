import type { HelperStatus } from '../shared/model/helper'
import { ProblemError } from '../shared/model/problem'
import { askEngine } from './ask-engine'
import type { EngineProcess } from './engine-process'
import type { KeptByDesktop } from './preferences'

/** As many engines as the preferences hold; the one that was allowed longest ago is forgotten first. */
const MOST_ENGINES = 100

/** Keeps whether the helper container may run on the engine that is asked now. Throws ProblemError when no engine answers. */
export async function allowHelper(engine: EngineProcess, preferences: KeptByDesktop, isAllowed: boolean, signal: AbortSignal): Promise<HelperStatus> {
  const { engineId, because } = await askEngine(engine, client => client.call('helper.status', {}, { signal }))
  if (engineId === null)
    throw new ProblemError({ code: 'HELPER_WITHOUT_ENGINE', what: `The helper container is allowed for one engine, and none answers. ${because ?? ''}`.trim(), fix: 'Start Docker, then allow it again.' })
  const { preferences: kept } = preferences.read()
  const others = kept.helperEngines.filter(id => id !== engineId)
  await preferences.write({ ...kept, helperEngines: isAllowed ? [...others, engineId].slice(-MOST_ENGINES) : others })
  return askEngine(engine, client => client.call('helper.status', {}, { signal }))
}
