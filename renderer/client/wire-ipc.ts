import type { PageWire, Reply } from '../../shared/contract/wire'

/** The desktop's pipe as a wire. It closes only with the window, so `onClose` never speaks. */
export function createIpcWire(bridge: IsoscopeBridge): PageWire {
  return {
    send: frame => bridge.send(frame),
    // Frames come from our own host over a bridge that nobody else can reach.
    onFrame: listener => bridge.onFrame(text => listener(JSON.parse(String(text)) as Reply)),
    onClose: () => {},
  }
}
