import { MessageChannelMain, type MessagePortMain, utilityProcess, type UtilityProcess } from 'electron'
import { environmentForEngine } from './engine-environment'
import type { EngineConnection } from './engine-wire'
import { createRestartPauses } from './restart-pauses'

export interface EngineProcess {
  /** A pipe of its own into the process. While that is away it waits for the next one. */
  readonly connect: () => Promise<EngineConnection>
  /** What the process is told now, and whatever process is started later. */
  readonly tell: (preferences: ToEngine) => void
  /** Ends the process for good, and with it whatever it had open. */
  readonly end: () => void
}

/** What the engine's process is told beside the frames: at least once, with each new pipe. */
export interface ToEngine {
  /** This address alone is asked; null: wherever an engine usually is. */
  readonly engineAddress: string | null
  /** The engines on which the helper container may run. */
  readonly helperEngines: readonly string[]
}

/**
 * Runs the engine in a process of its own, so that no scan holds up a window. One that ends by itself is started again: at once
 * the first time, then after growing pauses. It is given the environment's names that lead to an engine and nothing else.
 */
export function startEngineProcess(file: string, isoscopeVersion: string, env: NodeJS.ProcessEnv): EngineProcess {
  const nextPauseMs = createRestartPauses()
  const waiting: (() => void)[] = []
  let child: UtilityProcess | undefined
  let restart: NodeJS.Timeout | undefined
  let told: ToEngine = { engineAddress: null, helperEngines: [] }
  let isEnding = false

  function start(): void {
    const startedAtMs = performance.now()
    child = utilityProcess.fork(file, [isoscopeVersion], { serviceName: 'Isoscope engine', env: environmentForEngine(env), stdio: 'inherit' })
    child.once('exit', () => {
      child = undefined
      if (!isEnding)
        restart = setTimeout(start, nextPauseMs(performance.now() - startedAtMs))
    })
    waiting.splice(0).forEach(go => go())
  }

  start()
  return {
    async connect() {
      while (!child)
        await new Promise<void>(resolve => waiting.push(resolve))
      const { port1, port2 } = new MessageChannelMain()
      child.postMessage(told, [port2])
      return connectionTo(child, port1)
    },
    tell(preferences) {
      told = preferences
      child?.postMessage(told)
    },
    end() {
      isEnding = true
      clearTimeout(restart)
      child?.kill()
    },
  }
}

/** The process's end is the one sign that a pipe is lost; a port's own `close` may come before it, while a restart is not yet due. */
function connectionTo(child: UtilityProcess, port: MessagePortMain): EngineConnection {
  const lostListeners: (() => void)[] = []
  const lose = (): void => lostListeners.forEach(listener => listener())
  child.once('exit', lose)
  port.start()
  return {
    send: frame => port.postMessage(frame),
    onReply: listener => port.on('message', ({ data }) => listener(data)),
    onLost: listener => lostListeners.push(listener),
    close: () => {
      child.off('exit', lose)
      port.close()
    },
  }
}
