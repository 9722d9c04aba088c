const STAMP = /^(.+T\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/

/** Nanoseconds since 1970 of a stamp as a log has it (RFC 3339); null when it is none. A number has no room for them. */
export function nanosecondsOf(stamp: string): bigint | null {
  const [, second, fraction = '', zone] = STAMP.exec(stamp) ?? []
  const ms = Date.parse(`${second ?? ''}${zone ?? ''}`)
  return Number.isNaN(ms) ? null : BigInt(ms) * 1_000_000n + BigInt(fraction.padEnd(9, '0'))
}
