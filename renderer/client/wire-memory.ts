import type { HostWire, PageWire, Reply } from '../../shared/contract/wire'

/** Two ends of a pipe inside the page, for a host that is a saved file. Frames arrive in order, never while they are sent. */
export function createMemoryWires(): { page: PageWire, host: HostWire } {
  const toPage: ((frame: Reply) => void)[] = []
  const toHost: ((frame: unknown) => void)[] = []
  return {
    page: {
      send: frame => queueMicrotask(() => toHost.forEach(listener => listener(frame))),
      onFrame: listener => void toPage.push(listener),
      onClose: () => {},
    },
    host: {
      send: frame => queueMicrotask(() => toPage.forEach(listener => listener(frame))),
      onFrame: listener => void toHost.push(listener),
      onClose: () => {},
    },
  }
}
