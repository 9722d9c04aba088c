import { homedir } from 'node:os'
import { createService } from '../engine/service'
import { serve } from '../shared/contract/serve'
import { engineContract } from './engine-contract'
import type { ToEngine } from './engine-process'
import { openHostEnd } from './engine-wire'
import { reportHandler } from './report-handler'
import { sayOnTerminal } from './say-on-terminal'

// The engine's process (electron/engine-process.ts): it answers over each pipe that the main process hands it.
const [, , isoscopeVersion = ''] = process.argv

const service = createService({
  env: process.env,
  homeDirectory: homedir(),
  platform: process.platform,
  isoscopeVersion,
  now: () => new Date(),
})
service.permitActions()
const handlers = { ...service.handlers, 'report.make': reportHandler(service.recentSnapshot) }
let toldEngine = ''
let helperEngines: readonly string[] = []

process.parentPort.on('message', ({ data, ports }) => {
  const told: ToEngine = data
  const engineNow = JSON.stringify([told.engine, told.isChosenNow])
  if (engineNow !== toldEngine) {
    toldEngine = engineNow
    service.preferEngine(told.engine, told.isChosenNow)
  }
  if (told.helperEngines.join('\n') !== helperEngines.join('\n')) {
    helperEngines = told.helperEngines
    service.permitHelper(helperEngines)
  }
  if (told.hasSlept)
    service.wake()
  if (told.isLast) {
    void service.close().finally(() => process.exit())
    return
  }
  for (const port of ports)
    serve(engineContract, handlers, openHostEnd(port), { onError: sayOnTerminal, allowsActions: true })
})
