import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Endpoint } from '../../shared/model/engine'
import { type EngineRequest, requestPath } from './engine-gate'
import { sshFailure } from './ssh-failure'
import { makeSshFolder } from './ssh-folder'
import { collectWords, SshStream, unrefChild } from './ssh-stream'
import { sshArguments, type SshTarget } from './ssh-target'

/** One connection of the system's own `ssh`, over which any number of streams go to the engine's API. */
export interface SshConnection {
  /** Another stream, one `docker system dial-stdio`. Throws ProblemError ENGINE_UNREACHABLE with what ssh says. */
  readonly open: () => Promise<SshStream>
  /** The connection ends with its last stream. */
  readonly retire: () => void
  readonly close: () => void
}

interface Lifeline { readonly ready: Promise<string>, readonly end: () => void }

/** ssh's own deadline is for the connection; logging in and starting docker come after it. */
const LOGIN_MS = 20_000
const FIRST_QUESTION: EngineRequest = { route: 'version' }

/**
 * dial-stdio carries one stream of bytes, and HTTP/1.1 one answer at a time, so each connection of HTTP is an `ssh` of its own. The
 * first, the lifeline, makes the connection (`ControlMaster`) and carries a single question, which proves that it works; all others
 * go through its control socket in a private folder, without another login. A lifeline apart, because ending the stream that is the
 * master would end all others. It ends by itself when this process does, however that happens: its standard input is then at its end.
 */
export function openSsh(endpoint: Endpoint, target: SshTarget, env: NodeJS.ProcessEnv): SshConnection {
  const streams = new Set<SshStream>()
  let lifeline: Lifeline | undefined
  let isRetired = false
  let isClosed = false

  function start(): Lifeline {
    const folder = makeSshFolder()
    const controlPath = join(folder, 's')
    const child = startSsh(sshArguments(target, controlPath, true), env)
    const end = (): void => {
      child.kill()
    }
    const made: Lifeline = { ready: firstAnswer(endpoint, child).then(() => controlPath), end }
    made.ready.catch(end)
    child.once('close', () => {
      rmSync(folder, { recursive: true, force: true })
      if (lifeline === made)
        lifeline = undefined
    })
    return made
  }

  return {
    async open() {
      lifeline ??= start()
      const controlPath = await lifeline.ready
      if (isClosed)
        throw sshFailure(endpoint, 'the connection was closed')
      const stream = new SshStream(startSsh(sshArguments(target, controlPath, false), env), endpoint)
      streams.add(stream)
      stream.once('close', () => {
        streams.delete(stream)
        if (isRetired && streams.size === 0)
          lifeline?.end()
      })
      return stream
    },
    retire() {
      isRetired = true
      if (streams.size === 0)
        lifeline?.end()
    },
    close() {
      isClosed = true
      for (const stream of streams)
        stream.destroy()
      lifeline?.end()
    },
  }
}

/** The address is an argument, never part of a shell's line. */
function startSsh(args: string[], env: NodeJS.ProcessEnv): ChildProcessWithoutNullStreams {
  return spawn('ssh', args, { env, stdio: 'pipe' })
}

/** Asks once, and waits for the first byte of the answer. Afterwards the connection is only held, and holds up no program's end. */
function firstAnswer(endpoint: Endpoint, child: ChildProcessWithoutNullStreams): Promise<void> {
  return new Promise((resolve, reject) => {
    const words = collectWords(child)
    const timer = setTimeout(() => child.kill(), LOGIN_MS)
    child.stdin.on('error', () => {})
    child.once('error', (error) => {
      clearTimeout(timer)
      reject(sshFailure(endpoint, error.message, error))
    })
    child.once('close', () => {
      clearTimeout(timer)
      reject(sshFailure(endpoint, words()))
    })
    child.stdout.once('data', () => {
      clearTimeout(timer)
      child.stdout.resume()
      unrefChild(child)
      resolve()
    })
    child.stdin.write(`GET ${requestPath(FIRST_QUESTION)} HTTP/1.1\r\nHost: docker\r\n\r\n`)
  })
}
