import { constants } from 'node:os'

/**
 * Runs what makes things that have to be taken away again. SIGINT and SIGTERM do not end this process then, but abort the signal: the work
 * ends by throwing it, after it cleaned up. Resolves to the exit code, which is that of the interruption (128 and its number) if there was one.
 */
export async function unlessInterrupted(work: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const interruption = new AbortController()
  let interruptedBy: number | null = null
  const interrupt = (name: 'SIGINT' | 'SIGTERM'): void => {
    interruptedBy = constants.signals[name]
    process.stderr.write(`${name}: what was made is being removed.\n`)
    interruption.abort(new Error(`interrupted by ${name}`))
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  try {
    return await work(interruption.signal)
  }
  catch (error) {
    if (interruptedBy === null)
      throw error
    return 128 + interruptedBy
  }
  finally {
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', interrupt)
  }
}
