/** An entry's type by the width of its PNG; those with two names are also the double resolution of half the size. */
const TYPES = /** @type {Record<number, string[]>} */ ({
  16: ['icp4'],
  32: ['icp5', 'ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
})

/**
 * Apple's icon file: `icns`, the length of all, then for each picture its type, its length with these eight bytes, and a PNG.
 * @param {ReadonlyMap<number, Uint8Array>} pngs by width in pixels; widths that macOS does not ask for are left out
 */
export function toIcns(pngs) {
  const entries = [...pngs].flatMap(([width, png]) => (TYPES[width] ?? []).map(type => chunk(type, png)))
  return chunk('icns', Buffer.concat(entries))
}

/**
 * @param {string} type
 * @param {Uint8Array} bytes
 */
function chunk(type, bytes) {
  const head = Buffer.alloc(8)
  head.write(type, 'latin1')
  head.writeUInt32BE(bytes.length + 8, 4)
  return Buffer.concat([head, bytes])
}
