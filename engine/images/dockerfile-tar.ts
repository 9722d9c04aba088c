import { Readable } from 'node:stream'
import { pack } from 'tar-stream'

/** A tar that has that Dockerfile and nothing else. */
export const dockerfileTar = (text: string) => (): Readable => {
  const archive = pack()
  archive.entry({ name: 'Dockerfile', mode: 0o644 }, text)
  archive.finalize()
  return Readable.from(archive)
}
