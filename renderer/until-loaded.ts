const PAUSES_MS = [100, 300, 1000]

/**
 * A part of the page's program, asked for again when it does not come: Chromium drops what it loads when an address of this computer comes or
 * goes (net::ERR_NETWORK_CHANGED), as one does with every container that starts or ends. Rejects as the last `import()` does.
 */
export async function untilLoaded<T>(load: () => Promise<T>): Promise<T> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await load()
    }
    catch {
      await new Promise(resolve => setTimeout(resolve, pauseMs))
    }
  }
  return load()
}
