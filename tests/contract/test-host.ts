import { createWebHost, type WebHost } from '../../cli/web/web-host'
import type { PageFiles } from '../../cli/web/static-files'
import type { HostWire } from '../../shared/contract/wire'

export interface TestHost {
  host: WebHost
  links: string[]
  /** Every page that got through the gate. */
  wires: HostWire[]
}

const textFile = (mediaType: string, cacheControl: string, body: string): { body: Buffer, mediaType: string, cacheControl: string } =>
  ({ body: Buffer.from(body), mediaType, cacheControl })

const page = textFile('text/html; charset=utf-8', 'no-store', '<!doctype html><title>page</title>')

const pageFiles: PageFiles = new Map([
  ['/', page],
  ['/index.html', page],
  ['/assets/index-1a2b3c.js', textFile('text/javascript; charset=utf-8', 'public, max-age=31536000, immutable', 'export {}')],
])

export async function startTestHost(): Promise<TestHost> {
  const links: string[] = []
  const wires: HostWire[] = []
  const host = await createWebHost({ port: 0, pageFiles, onLink: link => links.push(link), onWire: wire => wires.push(wire) })
  return { host, links, wires }
}
