import { createClient } from '../shared/contract/client'
import type { Input, Output } from '../shared/contract/define'
import type { EngineContract } from './engine-contract'
import { ENGINE_PROCESS_LOST } from './engine-lost'
import type { EngineProcess } from './engine-process'
import { asPageWire } from './engine-wire'

/** The text of a report, made where the snapshot is. Rejects with ProblemError SNAPSHOT_GONE or ENGINE_PROCESS_LOST. */
export async function makeReport(engine: EngineProcess, wanted: Input<EngineContract, 'report.make'>, signal: AbortSignal): Promise<Output<EngineContract, 'report.make'>> {
  const connection = await engine.connect()
  try {
    const client = createClient<EngineContract>(asPageWire(connection), ENGINE_PROCESS_LOST)
    return await client.call('report.make', wanted, { signal })
  }
  finally {
    connection.close()
  }
}
