import { Buffer } from 'node:buffer'
import type { FileKind } from '../../shared/model/files'

/** One entry of a tar stream. Names are bytes, exactly as the archive has them. */
export interface TarEntry {
  readonly path: Buffer
  readonly kind: FileKind
  /** Bytes of a regular file; 0 for every other kind. */
  readonly sizeBytes: number
  /** Of a symbolic link; null for every other kind. */
  readonly linkTarget: Buffer | null
}

/** Bytes that are no tar: what was read until then stands. */
export class TarBroken extends Error {
  constructor(readonly offset: number, why: string) {
    super(`not a tar entry at byte ${offset}: ${why}`)
    this.name = 'TarBroken'
  }
}

export interface TarHeaders {
  /** The entries whose headers end in this chunk. Throws TarBroken. */
  readonly push: (chunk: Buffer) => TarEntry[]
  /** Bytes that were read. */
  readonly offset: () => number
  /** Whether the stream may end here: all of it was said, and no body is missing. */
  readonly isAtEnd: () => boolean
}

const BLOCK = 512
/** Two names of PATH_MAX and a few attributes fit many times; the rest would be an attack on memory. */
const MAX_EXTENSION_BYTES = 1024 * 1024

const KIND_BY_FLAG: ReadonlyMap<string, FileKind> = new Map<string, FileKind>([
  ['\0', 'file'], ['0', 'file'], ['7', 'file'], ['1', 'file'], ['2', 'link'],
  ['3', 'character-device'], ['4', 'block-device'], ['5', 'directory'], ['6', 'fifo'],
])

interface Extension { path?: Buffer, linkTarget?: Buffer, size?: number }

/**
 * Reads the headers of a ustar, PAX or GNU archive (POSIX.1-2017 pax, "ustar Interchange Format") as its bytes arrive; bodies are
 * passed over. A hard link (`1`) has no size of its own.
 */
export function readTarHeaders(): TarHeaders {
  let rest: Buffer = Buffer.alloc(0)
  let offset = 0
  let bodyLeft = 0
  let hasEnded = false
  let extension: Extension = {}

  /** Passes over what is left of a body; false while more of it is to come. */
  function skipBody(): boolean {
    const skipped = Math.min(bodyLeft, rest.length)
    rest = rest.subarray(skipped)
    bodyLeft -= skipped
    offset += skipped
    return bodyLeft === 0
  }

  /** The next whole block of the stream, `length` bytes and the padding behind them; null while it is not there. */
  function take(length: number): Buffer | null {
    const padded = Math.ceil(length / BLOCK) * BLOCK
    if (rest.length < padded)
      return null
    const taken = rest.subarray(0, length)
    rest = rest.subarray(padded)
    offset += padded
    return taken
  }

  function readHeader(header: Buffer): TarEntry {
    const flag = String.fromCharCode(header[156] ?? 0)
    const { path, linkTarget, size = numberField(header, 124, 12) } = extension
    extension = {}
    const kind = KIND_BY_FLAG.get(flag) ?? 'unknown'
    const name = path ?? nameOf(header)
    const hasBody = flag !== '1' && kind !== 'link' && kind !== 'directory' && !kind.endsWith('device') && kind !== 'fifo'
    bodyLeft = hasBody ? Math.ceil(size / BLOCK) * BLOCK : 0
    return {
      path: name,
      // Before POSIX a directory was a file whose name ends in a slash.
      kind: kind === 'file' && name.at(-1) === 0x2F ? 'directory' : kind,
      sizeBytes: kind === 'file' && hasBody ? size : 0,
      linkTarget: kind === 'link' ? linkTarget ?? textField(header, 157, 100) : null,
    }
  }

  /** A header that only carries what does not fit into the next one; false while its body is not there. */
  function readExtension(header: Buffer, flag: string): boolean {
    const size = numberField(header, 124, 12)
    if (size > MAX_EXTENSION_BYTES)
      throw new TarBroken(offset, `a name of ${size} bytes`)
    if (rest.length < BLOCK + Math.ceil(size / BLOCK) * BLOCK)
      return false
    take(BLOCK)
    const body = take(size) ?? Buffer.alloc(0)
    if (flag === 'x')
      extension = { ...extension, ...paxRecords(body) }
    else if (flag === 'L')
      extension.path = untilNul(body)
    else if (flag === 'K')
      extension.linkTarget = untilNul(body)
    return true
  }

  function push(chunk: Buffer): TarEntry[] {
    const found: TarEntry[] = []
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    while (skipBody() && rest.length >= BLOCK) {
      const header = rest.subarray(0, BLOCK)
      if (header.every(byte => byte === 0)) {
        hasEnded = true
        take(BLOCK)
        continue
      }
      if (!isChecksumRight(header))
        throw new TarBroken(offset, 'its checksum is wrong')
      const flag = String.fromCharCode(header[156] ?? 0)
      if ('xgLK'.includes(flag)) {
        if (!readExtension(header, flag))
          break
        continue
      }
      take(BLOCK)
      found.push(readHeader(header))
    }
    return found
  }

  return { push, offset: () => offset, isAtEnd: () => hasEnded && bodyLeft === 0 && rest.length === 0 }
}

/** ustar splits a long name at a slash into `prefix` (345) and `name` (0); GNU tar keeps other things at 345. */
function nameOf(header: Buffer): Buffer {
  const name = textField(header, 0, 100)
  const prefix = header.toString('latin1', 257, 263) === 'ustar\0' ? textField(header, 345, 155) : Buffer.alloc(0)
  return prefix.length === 0 ? name : Buffer.concat([prefix, Buffer.from('/'), name])
}

const textField = (header: Buffer, at: number, length: number): Buffer => untilNul(header.subarray(at, at + length))

function untilNul(bytes: Buffer): Buffer {
  const end = bytes.indexOf(0)
  return end < 0 ? bytes : bytes.subarray(0, end)
}

/** Octal digits, or with the highest bit set a big-endian binary number (GNU). Never negative, never NaN. */
function numberField(header: Buffer, at: number, length: number): number {
  if (((header[at] ?? 0) & 0x80) !== 0) {
    const value = header.subarray(at + 1, at + length).reduce((sum, byte) => sum * 256 + byte, 0)
    return header[at] === 0x80 && Number.isSafeInteger(value) ? value : 0
  }
  const digits = /^[ \0]*([0-7]+)/.exec(header.toString('latin1', at, at + length))?.[1]
  return digits === undefined ? 0 : Number.parseInt(digits, 8)
}

/** The sum of all bytes of the header, with the checksum field itself taken for spaces. */
function isChecksumRight(header: Buffer): boolean {
  let sum = 8 * 0x20
  header.forEach((byte, at) => {
    if (at < 148 || at >= 156)
      sum += byte
  })
  return sum === numberField(header, 148, 8)
}

/** PAX records are `length key=value\n`, the length counting the whole record. Values are bytes; a wrong length ends the reading. */
function paxRecords(body: Buffer): Extension {
  const found: Extension = {}
  for (let at = 0; at < body.length;) {
    const digits = /^(\d{1,7}) /.exec(body.toString('latin1', at, at + 8))?.[1]
    const length = Number(digits)
    const record = body.subarray(at, at + length)
    const separator = record.indexOf('=')
    if (digits === undefined || record.length < length || record.at(-1) !== 0x0A || separator < 0)
      break
    const key = record.toString('latin1', digits.length + 1, separator)
    const value = record.subarray(separator + 1, -1)
    if (key === 'path' && isName(value))
      found.path = value
    else if (key === 'linkpath' && isName(value))
      found.linkTarget = value
    else if (key === 'size' && /^\d{1,15}$/.test(value.toString('latin1')))
      found.size = Number(value.toString('latin1'))
    at += length
  }
  return found
}

const isName = (value: Buffer): boolean => value.length > 0 && !value.includes(0)
