import { createClient } from '../shared/contract/client'
import type { Client } from '../shared/contract/define'
import type { EngineContract } from './engine-contract'
import { ENGINE_PROCESS_LOST } from './engine-lost'
import type { EngineProcess } from './engine-process'
import { asPageWire } from './engine-wire'

/** Asks the engine's process over a pipe of our own. Rejects with ProblemError, ENGINE_PROCESS_LOST when it ended meanwhile. */
export async function askEngine<T>(engine: EngineProcess, ask: (client: Client<EngineContract>) => Promise<T>): Promise<T> {
  const connection = await engine.connect()
  try {
    return await ask(createClient<EngineContract>(asPageWire(connection), ENGINE_PROCESS_LOST))
  }
  finally {
    connection.close()
  }
}
