import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { extract } from 'tar-stream'
import { spawn } from 'node:child_process'

export interface TestRegistry {
  /** What to pull from it: `127.0.0.1:PORT/test/app`. */
  readonly image: string
  readonly close: () => Promise<void>
}

const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json'
const digestOf = (bytes: Buffer): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`

/** A registry on the loopback address with one image that this engine has: the calls of the distribution specification that a pull makes. */
export async function startRegistry(image: string): Promise<TestRegistry> {
  const saved = await savedFiles(image)
  const [{ Config, Layers }] = JSON.parse(saved.get('manifest.json')?.toString() ?? '[]')
  const blobs = new Map<string, Buffer>()
  const keep = (bytes: Buffer, mediaType: string): object => {
    blobs.set(digestOf(bytes), bytes)
    return { mediaType, size: bytes.length, digest: digestOf(bytes) }
  }
  const manifest = Buffer.from(JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: keep(saved.get(Config) ?? Buffer.alloc(0), 'application/vnd.docker.container.image.v1+json'),
    layers: Layers.map((layer: string) => keep(gzipSync(saved.get(layer) ?? Buffer.alloc(0)), 'application/vnd.docker.image.rootfs.diff.tar.gzip')),
  }))
  const server = createServer(({ url = '' }, answer) => {
    const [, kind, reference = ''] = /^\/v2\/test\/app\/(manifests|blobs)\/(.+)$/.exec(url) ?? []
    const body = url === '/v2/' ? Buffer.from('{}') : kind === 'manifests' && ['latest', digestOf(manifest)].includes(reference) ? manifest : kind === 'blobs' ? blobs.get(reference) : undefined
    const told = body ?? Buffer.from(JSON.stringify({ errors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }] }))
    answer.writeHead(body === undefined ? 404 : 200, { 'docker-distribution-api-version': 'registry/2.0', 'docker-content-digest': reference.startsWith('sha256:') ? reference : digestOf(manifest), 'content-type': body === undefined ? 'application/json' : kind === 'manifests' ? MANIFEST : 'application/octet-stream', 'content-length': told.length })
    answer.end(told)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    image: `127.0.0.1:${port}/test/app`,
    close: () => new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
}

/** The files of `docker save`. */
async function savedFiles(image: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>()
  const child = spawn('docker', ['save', image])
  const entries = Readable.from(child.stdout).pipe(extract())
  for await (const entry of entries) {
    const chunks: Uint8Array[] = []
    for await (const chunk of entry as AsyncIterable<Uint8Array>)
      chunks.push(chunk)
    files.set(entry.header.name, Buffer.concat(chunks))
  }
  return files
}
