import type { Preferences } from '../shared/model/preferences'
import type { ToEngine } from './engine-process'

/** What the engine's process is told of the preferences; a choice of engine that is another one than at the start was made in this run. */
export function createEngineNews(): (preferences: Preferences) => ToEngine {
  let last: string | undefined
  let isChosenNow = false

  return ({ engineAddress, endpointId, helperEngines }) => {
    const engine = endpointId !== null ? { endpointId } : engineAddress !== null ? { address: engineAddress } : null
    const choice = JSON.stringify(engine)
    isChosenNow ||= last !== undefined && choice !== last
    last = choice
    return { engine, isChosenNow, helperEngines }
  }
}
