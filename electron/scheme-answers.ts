import type { Protocol } from 'electron'

export interface Answer {
  status: number
  headers: Record<string, string>
  body: Buffer
}
export type Answerer = (method: string, url: URL) => Promise<Answer>

/** Answers every request of a scheme in one session. `protocol.handle` is there since Electron 25; before, buffers are registered. */
export function answerScheme(protocol: Protocol, scheme: string, answer: Answerer): void {
  const canHandle = typeof protocol.handle === 'function'
  if (canHandle) {
    protocol.handle(scheme, async ({ method, url }) => {
      const { status, headers, body } = await answer(method, new URL(url))
      return new Response(new Uint8Array(body), { status, headers })
    })
  }
  else {
    protocol.registerBufferProtocol(scheme, ({ method, url }, respond) => {
      answer(method, new URL(url)).then(
        ({ status, headers, body }) => respond({ statusCode: status, headers, data: body }),
        () => respond({ statusCode: 500, data: Buffer.alloc(0) }),
      )
    })
  }
}
