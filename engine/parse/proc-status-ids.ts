/** Who a process is, out of `/proc/<pid>/status` (proc_pid_status(5)). */
export interface ProcStatusIds {
  /** Null: not in the file. */
  readonly effectiveUid: number | null
  /** `NSpid`: from the reader's PID namespace inwards; empty when it is not in the file. */
  readonly nsPids: readonly number[]
}

const [TAB, NEWLINE, COLON, ZERO, NINE] = [0x09, 0x0A, 0x3A, 0x30, 0x39]
const UID = [0x55, 0x69, 0x64] // Uid
const NSPID = [0x4E, 0x53, 0x70, 0x69, 0x64] // NSpid

/**
 * The bytes from `start` to before `end`; the rest of the file is not looked at. A process can forge no field by its name: the kernel
 * escapes newlines in `Name`. A line without its newline may have been cut, and counts as not there.
 */
export function parseProcStatusIds(bytes: Uint8Array, start: number, end: number): ProcStatusIds {
  let effectiveUid: number | null = null
  for (let line = start; line < end;) {
    if (effectiveUid === null && isField(bytes, line, end, UID))
      effectiveUid = numbers(bytes, line + UID.length + 1, end)[1] ?? null
    else if (isField(bytes, line, end, NSPID))
      return { effectiveUid, nsPids: numbers(bytes, line + NSPID.length + 1, end) }
    while (line < end && bytes[line] !== NEWLINE)
      line += 1
    line += 1
  }
  return { effectiveUid, nsPids: [] }
}

function isField(bytes: Uint8Array, line: number, end: number, name: readonly number[]): boolean {
  if (bytes[line] !== name[0] || line + name.length >= end || bytes[line + name.length] !== COLON)
    return false
  return name.every((byte, index) => bytes[line + index] === byte)
}

/** `\t12\t1\n`: empty unless all of the line is numbers. */
function numbers(bytes: Uint8Array, start: number, end: number): number[] {
  const found: number[] = []
  let at = start
  while (at < end && bytes[at] === TAB) {
    let value = 0
    const from = at += 1
    for (; at < end; at += 1) {
      const byte = bytes[at] ?? 0
      if (byte < ZERO || byte > NINE)
        break
      value = value * 10 + (byte - ZERO)
    }
    if (at === from)
      return []
    found.push(value)
  }
  return at < end && bytes[at] === NEWLINE ? found : []
}
