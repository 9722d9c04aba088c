import { type Header, pack } from 'tar-stream'

export type PackedEntry = Partial<Header> & Pick<Header, 'name'> & { body?: string }

/** The bytes of a tar with these entries, as a packer that is not ours writes them. */
export async function packTar(...entries: readonly PackedEntry[]): Promise<Buffer> {
  const archive = pack()
  for (const { body = '', ...header } of entries)
    archive.entry(header, body)
  archive.finalize()
  const chunks: Uint8Array[] = []
  for await (const chunk of archive) {
    if (chunk instanceof Uint8Array)
      chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
