import { once } from 'node:events'
import { createServer, request } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { tempFolder } from './temp-folder'

/** Changes the JSON that an engine answers to a path. */
export type Edit = (path: string, answer: unknown) => unknown

export interface EditingProxy {
  /** As DOCKER_HOST takes it. */
  readonly address: string
  /** Path and query → answer, as they were. */
  readonly answers: ReadonlyMap<string, unknown>
  edit: Edit
  readonly close: () => Promise<void>
}

/**
 * A socket that passes every question on to the engine at `socketPath`, once: its JSON answers are kept, and go through `edit` each time
 * that they are asked for.
 */
export async function startEditingProxy(socketPath: string): Promise<EditingProxy> {
  const ownPath = join(tempFolder(), 'engine.sock')
  const answers = new Map<string, unknown>()
  const proxy = { address: `unix://${ownPath}`, answers, edit: (_: string, answer: unknown) => answer }
  const server = createServer((asked, reply) => {
    const path = asked.url ?? ''
    const give = (answer: unknown): void => {
      reply.writeHead(200, { 'content-type': 'application/json' })
      reply.end(JSON.stringify(proxy.edit(path, answer)))
    }
    if (answers.has(path)) {
      give(answers.get(path))
      return
    }
    const passed = request({ socketPath, path, method: asked.method, headers: asked.headers }, (answer) => {
      if (answer.statusCode !== 200 || answer.headers['content-type'] !== 'application/json' || path.includes('/events')) {
        reply.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.pipe(reply)
        return
      }
      void text(answer).then((body) => {
        answers.set(path, JSON.parse(body))
        give(answers.get(path))
      })
    })
    passed.on('error', () => reply.destroy())
    asked.pipe(passed)
  })
  server.listen(ownPath)
  await once(server, 'listening')
  return Object.assign(proxy, {
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  })
}
