import { MessageChannelMain, type MessagePortMain, utilityProcess, type UtilityProcess } from 'electron'
import { environmentForEngine } from './engine-environment'
import type { EngineConnection } from './engine-wire'
import { createRestartPauses } from './restart-pauses'

export interface EngineProcess {
  /** A pipe of its own into the process. While that is away it waits for the next one. */
  readonly connect: () => Promise<EngineConnection>
  /** What the process is told now, and whatever process is started later. */
  readonly tell: (preferences: ToEngine) => void
  /** This computer slept: what is open to an engine is opened anew. */
  readonly wake: () => void
  /** Ends the process for good, and with it whatever it had open: the terminals in containers first. Resolves when it is gone. */
  readonly end: () => Promise<void>
}

/** What the engine's process is told beside the frames: at least once, with each new pipe. */
export interface ToEngine {
  /** The engine that the person chose last: its address, or its id among the endpoints that are known; null: none was. */
  readonly engine: { readonly address: string } | { readonly endpointId: string } | null
  /** In this run; else it is remembered, and gives way to what was named for this run. */
  readonly isChosenNow: boolean
  /** The engines on which the helper container may run. */
  readonly helperEngines: readonly string[]
  /** This computer has slept since the last message. */
  readonly hasSlept?: true
  /** It is to end what it has open, and then itself. */
  readonly isLast?: true
}

/** A terminal whose shell does not hear SIGHUP takes a little more than two seconds; longer than this nobody waits for an application that was closed. */
const END_MS = 5_000

/**
 * Runs the engine in a process of its own, so that no scan holds up a window. One that ends by itself is started again: at once
 * the first time, then after growing pauses. It is given the environment's names that lead to an engine and nothing else.
 */
export function startEngineProcess(file: string, isoscopeVersion: string, env: NodeJS.ProcessEnv): EngineProcess {
  const nextPauseMs = createRestartPauses()
  const waiting: (() => void)[] = []
  let child: UtilityProcess | undefined
  let restart: NodeJS.Timeout | undefined
  let told: ToEngine = { engine: null, isChosenNow: false, helperEngines: [] }
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
    wake() {
      child?.postMessage({ ...told, hasSlept: true } satisfies ToEngine)
    },
    async end() {
      isEnding = true
      clearTimeout(restart)
      const last = child
      if (!last)
        return
      const timer = setTimeout(() => last.kill(), END_MS)
      await new Promise<void>((resolve) => {
        last.once('exit', () => resolve())
        last.postMessage({ ...told, isLast: true } satisfies ToEngine)
      })
      clearTimeout(timer)
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
