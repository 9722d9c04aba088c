const AT_PAGESZ = 6

/**
 * The page size in bytes out of `/proc/<pid>/auxv` (getauxval(3)): pairs of machine words, here those of a 64-bit little-endian
 * kernel, as all are that Docker runs on but s390x. Null when it is not there. One character a byte.
 */
export function pageBytesFromAuxv(text: string): number | null {
  const words = Buffer.from(text, 'latin1')
  for (let at = 0; at + 16 <= words.length; at += 16) {
    if (words.readBigUInt64LE(at) === BigInt(AT_PAGESZ))
      return Number(words.readBigUInt64LE(at + 8))
  }
  return null
}
