import type { Duplex } from 'node:stream'
import type { ShellItem, ShellSize } from '../../shared/model/shell'

/** Programs that run in a container, with a terminal that is read and written through `stream`. */
export interface Terminal {
  readonly stream: Duplex
  /** What they write; reading it slowly holds them back. */
  readonly output: AsyncIterator<Buffer>
  /** The first of it, which may have been asked for already. */
  readonly first: Promise<IteratorResult<Buffer>>
  readonly resize: (size: ShellSize, signal: AbortSignal) => Promise<void>
  /** Ends them, and what was made for them. Never rejects. */
  readonly end: () => Promise<void>
  /** Asked when there is no more output. */
  readonly howItEnded: (signal: AbortSignal) => Promise<Omit<Extract<ShellItem, { item: 'ended' }>, 'item'>>
}

/** A terminal that is about to be opened. */
export interface Opening {
  /** The engine's address. */
  readonly engine: string
  /** What opens the same in a terminal of one's own. */
  readonly command: string
  /** Throws ProblemError; then nothing is left of it. */
  readonly open: (sessionId: string, signal: AbortSignal) => Promise<Terminal>
}

/** What is read from a terminal's connection, whose failures are met by who reads. */
export function readingOf(stream: Duplex): Pick<Terminal, 'stream' | 'output' | 'first'> {
  stream.on('error', () => {})
  const output: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]()
  const first = output.next()
  first.catch(() => {})
  return { stream, output, first }
}
