import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import type { Endpoint } from '../../shared/model/engine'
import { sshFailure } from './ssh-failure'

/** Of what ssh says; the last of it tells why it ended. */
const MAX_WORDS = 2_000

/** What a child has written to its standard error so far. */
export function collectWords(child: ChildProcessWithoutNullStreams): () => string {
  let words = ''
  child.stderr.on('data', (chunk: Buffer) => { words = (words + chunk.toString('utf8')).slice(-MAX_WORDS) })
  return () => words
}

const handles = (child: ChildProcessWithoutNullStreams): (Socket | ChildProcessWithoutNullStreams)[] =>
  [child, ...[child.stdin, child.stdout, child.stderr].filter(pipe => pipe instanceof Socket)]

/** The child no longer keeps this program from ending. */
export const unrefChild = (child: ChildProcessWithoutNullStreams): void => handles(child).forEach(handle => handle.unref())

/**
 * The standard input and output of a child as one stream that Node.js's http takes for a socket. The child ends with the stream, and
 * the stream with the child: then with what the child said, when it said anything.
 */
export class SshStream extends Duplex {
  readonly #child: ChildProcessWithoutNullStreams

  constructor(child: ChildProcessWithoutNullStreams, endpoint: Endpoint) {
    super({ allowHalfOpen: false })
    this.#child = child
    const words = collectWords(child)
    child.stdout.on('data', (chunk) => {
      if (!this.push(chunk))
        child.stdout.pause()
    })
    child.stdin.on('error', error => this.destroy(error))
    child.once('error', error => this.destroy(sshFailure(endpoint, error.message, error)))
    child.once('close', (exitCode) => {
      if (exitCode !== 0 && words() !== '')
        this.destroy(sshFailure(endpoint, words()))
      else
        this.push(null)
    })
  }

  override _read(): void {
    this.#child.stdout.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#child.stdin.write(chunk, done)
  }

  override _final(done: () => void): void {
    this.#child.stdin.end(done)
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#child.kill()
    done(error)
  }

  ref(): this {
    handles(this.#child).forEach(handle => handle.ref())
    return this
  }

  unref(): this {
    unrefChild(this.#child)
    return this
  }

  /** There is no deadline, delay or probe of a socket here: ssh has its own. */
  setTimeout(): this { return this }
  setNoDelay(): this { return this }
  setKeepAlive(): this { return this }
}
