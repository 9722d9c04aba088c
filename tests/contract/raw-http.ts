import { connect } from 'node:net'

export interface RawAnswer {
  /** 0: the host closed the connection without a word. */
  status: number
  headers: Map<string, string>
  body: string
}

/** Sends bytes as they are and reads until the host closes: what no HTTP client would send can be sent. */
export function sendRaw(port: number, bytes: string | Buffer): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    const end = (): void => {
      clearTimeout(timer)
      resolve(parse(Buffer.concat(chunks).toString('latin1')))
    }
    const timer = setTimeout(() => {
      socket.destroy()
      reject(new Error(`no answer to ${JSON.stringify(String(bytes).slice(0, 200))}`))
    }, 8_000)
    socket.on('data', chunk => chunks.push(chunk))
    socket.on('error', end)
    socket.on('close', end)
  })
}

/** A request by lines, each header as given; the connection is closed after the answer. */
export const httpRequest = (first: string, headers: readonly string[], body = ''): string =>
  [`${first} HTTP/1.1`, 'Connection: close', ...headers, '', body].join('\r\n')

function parse(text: string): RawAnswer {
  const [head = '', ...body] = text.split('\r\n\r\n')
  const [first = '', ...lines] = head.split('\r\n')
  return {
    status: Number(first.split(' ')[1] ?? 0),
    headers: new Map(lines.map((line): [string, string] => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    })),
    body: body.join('\r\n\r\n'),
  }
}
