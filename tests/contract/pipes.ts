import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { createWebHost } from '../../cli/web/web-host'
import { type HostWire, Reply, type Wire } from '../../shared/contract/wire'
import { openSession, openSocket, pageWire, tokenOf } from '../support/web-client'

/** Both ends of one wire. `cut` ends it as a closed window or a lost connection would. */
export interface Pipe {
  /** A PageWire that can also send what no typed client would. */
  page: Wire<unknown, Reply>
  host: HostWire
  cut: () => void
  /** Frees what the wire stands on. */
  release: () => Promise<void>
}

/** Each wire that Isoscope has, and the simplest there can be. */
export const openPipe = { memory: openMemory, websocket: openWebSocket, ipc: openIpc }
export type PipeName = keyof typeof openPipe

async function openMemory(): Promise<Pipe> {
  const page = listeners<Reply>()
  const host = listeners<unknown>()
  const cut = (): void => {
    page.close()
    host.close()
  }
  return {
    page: { ...page.wire, send: frame => queueMicrotask(() => host.hear(frame)) },
    host: { ...host.wire, send: frame => queueMicrotask(() => page.hear(frame)) },
    cut,
    release: async () => cut(),
  }
}

/** Stands in for Electron: frames cross by structured clone, as they do between its processes. */
async function openIpc(): Promise<Pipe> {
  const { port1, port2 } = new MessageChannel()
  return {
    page: portWire(port1, frame => Reply.parse(frame)),
    host: portWire(port2, frame => frame),
    cut: () => port1.close(),
    release: async () => port1.close(),
  }
}

function portWire<Out, In>(port: MessagePort, read: (frame: unknown) => In): Wire<Out, In> {
  return {
    send: frame => port.postMessage(frame),
    onFrame: listener => port.on('message', frame => listener(read(frame))),
    onClose: listener => port.once('close', listener),
  }
}

/** The real web host, entered with a real link. */
async function openWebSocket(): Promise<Pipe> {
  const links: string[] = []
  const arrived: HostWire[] = []
  const webHost = await createWebHost({ port: 0, pageFiles: new Map(), onLink: link => links.push(link), onWire: wire => arrived.push(wire) })
  const socket = await openSocket(webHost.port, await openSession(webHost.port, tokenOf(links)))
  const [host] = arrived
  if (!host)
    throw new Error('the socket opened, so its wire is there')
  return {
    page: pageWire(socket),
    host,
    cut: () => socket.terminate(),
    release: () => webHost.close(),
  }
}

function listeners<In>(): { wire: Omit<Wire<never, In>, 'send'>, hear: (frame: In) => void, close: () => void } {
  const onFrame: ((frame: In) => void)[] = []
  const onClose: (() => void)[] = []
  let isClosed = false
  return {
    wire: {
      onFrame: (listener) => { onFrame.push(listener) },
      onClose: (listener) => { onClose.push(listener) },
    },
    hear: (frame) => {
      if (!isClosed)
        onFrame.forEach(listener => listener(frame))
    },
    close: () => {
      if (!isClosed)
        onClose.forEach(listener => listener())
      isClosed = true
    },
  }
}
