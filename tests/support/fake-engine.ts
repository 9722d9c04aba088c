import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'

/** An object is sent as JSON; a function answers by itself. */
export type Reply = object | ((request: IncomingMessage, response: ServerResponse) => void)

export interface FakeEngine {
  readonly path: string
  readonly address: string
  /** `GET /v1.41/info`, in the order in which they came. */
  readonly requests: string[]
  /** What is answered from now on, by path without the version: `/containers/json`. */
  readonly replies: Map<string, Reply>
  readonly end: () => Promise<void>
}

const OWN_FOLDER = 'isoscope-fake-'

/** What a small engine says when it is well; events never come and never end. */
const WELL: Readonly<Record<string, Reply>> = {
  '/version': { Version: '27.0.0', ApiVersion: '1.46', MinAPIVersion: '1.24', Platform: { Name: 'Docker Engine - Community' } },
  '/info': { Name: 'fake', OperatingSystem: 'Debian', KernelVersion: '6.1', Architecture: 'x86_64', Driver: 'overlay2', CgroupVersion: '2', CgroupDriver: 'systemd' },
  '/containers/json': [],
  '/events': (_request, response) => { response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders() },
}

/** An engine on a socket of its own that answers as it is told: for what no real engine can be made to say. */
export async function startFakeEngine(replies: Record<string, Reply> = {}, path?: string): Promise<FakeEngine> {
  const socket = path ?? join(mkdtempSync(join(tmpdir(), OWN_FOLDER)), 'fake.sock')
  // A test may put an engine back where one was.
  mkdirSync(dirname(socket), { recursive: true })
  const all = new Map(Object.entries({ ...WELL, ...replies }))
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url?.replace(/\?.*$/, '')}`)
    const reply = all.get((request.url ?? '').replace(/\?.*$/, '').replace(/^\/v[\d.]+/, '')) ?? failure(404, 'page not found')
    if (typeof reply === 'function')
      reply(request, response)
    else
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reply))
  })
  rmSync(socket, { force: true })
  await new Promise<void>(resolve => server.listen(socket, resolve))
  return {
    path: socket,
    address: `unix://${socket}`,
    requests,
    replies: all,
    end: async () => {
      const closed = new Promise(resolve => server.close(resolve))
      server.closeAllConnections()
      await closed
      if (basename(dirname(socket)).startsWith(OWN_FOLDER))
        rmSync(dirname(socket), { recursive: true, force: true })
    },
  }
}

/** As an engine refuses: a status, and a message as JSON. */
export const failure = (status: number, message: string): Reply => (_request, response) => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }))
}

/** Bytes as they are. */
export const raw = (body: string | Buffer): Reply => (_request, response) => { response.writeHead(200).end(body) }

/** A line of `GET /containers/json`. */
export const listed = (name: string, more: object = {}): object => ({
  Id: Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64), Names: [`/${name}`], Image: 'x', Command: 'x', Created: 1, State: 'running', Status: 'Up', Ports: [], ...more,
})
