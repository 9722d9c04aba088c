/** An export that took longer is worth a notification: by then the person may be elsewhere. */
const LONG_MS = 5_000

interface Surroundings {
  /** A clock that only goes forward, in milliseconds. */
  readonly nowMs: () => number
  readonly isFocused: () => boolean
  readonly notify: (title: string, body: string) => void
}

export type ExportNotice = <T>(path: string, exporting: Promise<T>) => Promise<T>

/** Tells of an export that has ended, when it was long and the window is not the one that the person works in. */
export function createExportNotice({ nowMs, isFocused, notify }: Surroundings): ExportNotice {
  return async (path, exporting) => {
    const startedAtMs = nowMs()
    const tell = (title: string): void => {
      if (nowMs() - startedAtMs > LONG_MS && !isFocused())
        notify(title, path)
    }
    try {
      const answer = await exporting
      tell('The report is saved')
      return answer
    }
    catch (error) {
      tell('The report could not be saved')
      throw error
    }
  }
}
