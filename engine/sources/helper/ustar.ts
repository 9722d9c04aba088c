import { Buffer } from 'node:buffer'

/** A regular file of a tar: at most 100 bytes of ASCII for its name. */
export interface TarFile {
  readonly name: string
  readonly mode: number
  readonly bytes: Uint8Array
}

const BLOCK_BYTES = 512

/** A tar of these files, owned by root and dated 1970, so that the same files make the same bytes (POSIX.1-2017, pax: ustar interchange format). */
export const makeUstar = (files: readonly TarFile[]): Buffer =>
  Buffer.concat([...files.flatMap(file => [header(file), file.bytes, padding(file.bytes.length)]), Buffer.alloc(2 * BLOCK_BYTES)])

const padding = (length: number): Buffer => Buffer.alloc((BLOCK_BYTES - length % BLOCK_BYTES) % BLOCK_BYTES)

function header({ name, mode, bytes }: TarFile): Buffer {
  const block = Buffer.alloc(BLOCK_BYTES)
  const write = (text: string, at: number): number => block.write(text, at, 'latin1')
  write(name, 0)
  write(octal(mode, 8), 100)
  write(octal(0, 8), 108)
  write(octal(0, 8), 116)
  write(octal(bytes.length, 12), 124)
  write(octal(0, 12), 136)
  // The checksum is made with blanks in its own place.
  write(' '.repeat(8), 148)
  write('0', 156)
  write('ustar\x0000', 257)
  write(octal(block.reduce((sum, byte) => sum + byte, 0), 7), 148)
  return block
}

/** Digits and a final NUL: `width` bytes. */
const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, '0')}\0`
