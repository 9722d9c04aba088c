import { type HostWire, Request } from '../shared/contract/wire'
import { isEngineCall } from './engine-contract'
import { ENGINE_PROCESS_LOST } from './engine-lost'
import type { EngineProcess } from './engine-process'
import type { EngineConnection } from './engine-wire'
import type { DocumentWire } from './wire-ipc'

/**
 * Passes a page's calls of the engine on to its process, over a connection that lives as long as the page, and the replies back as
 * the text that they are. Gives the wire with the calls that are left for the main process. When the process is lost, the calls
 * that run fail; those that follow wait for the next one.
 */
export function relayEngineCalls(wire: DocumentWire, engine: Pick<EngineProcess, 'connect'>): HostWire {
  const ownListeners: ((frame: unknown) => void)[] = []
  const open = new Set<number>()
  let isClosed = false
  let connection = connect()

  async function connect(): Promise<EngineConnection> {
    const made = await engine.connect()
    made.onReply(({ id, isLast, text }) => {
      if (isLast)
        open.delete(id)
      wire.sendText(text)
    })
    made.onLost(() => {
      if (isClosed)
        return
      connection = connect()
      const lost = [...open]
      open.clear()
      for (const id of lost)
        wire.send({ frame: 'failure', id, problem: ENGINE_PROCESS_LOST })
    })
    return made
  }

  function isForEngine(request: Request): boolean {
    if (request.frame === 'call' ? !isEngineCall(request.name) : !open.has(request.id))
      return false
    if (request.frame === 'call')
      open.add(request.id)
    else if (request.frame === 'cancel')
      open.delete(request.id)
    return true
  }

  wire.onFrame((frame) => {
    const request = Request.safeParse(frame)
    if (request.success && isForEngine(request.data))
      void connection.then(made => made.send(request.data))
    else
      ownListeners.forEach(listener => listener(frame))
  })
  wire.onClose(() => {
    isClosed = true
    void connection.then(made => made.close())
  })
  return {
    send: wire.send,
    onFrame: listener => ownListeners.push(listener),
    onClose: wire.onClose,
  }
}
