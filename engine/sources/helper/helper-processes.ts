import type { Buffer } from 'node:buffer'
import { Unreadable } from '../proc-source'
import { emptyProcess, type FilledFile, isGone, type RawProcess, type ReadProcesses, refuseFile } from '../raw-process'
import { numbers } from './arguments'
import { errnoName } from './errno'
import { HelperEnded, type HelperSession } from './session'

/** The program's numbers for what is wanted of each process. */
const WANTED = { stat: 1, everything: 2 } as const
/** Of one request: after an abort no more than these are still read. */
const MOST_PIDS = 16 * 1024
/** Where an outcome says that nothing was read, before errno. */
const REFUSED = 0x80000000

/** Each answer comes in parts of whole processes, which are looked at where they lie. `own` are passed over. */
export const helperProcesses = (session: HelperSession, own: ReadonlySet<number>): ReadProcesses => async (wanted, pids, visit, signal) => {
  const reader = createReader(own, visit)
  const onPart = wanted === 'stat' ? reader.stats : reader.everything
  const ask = async (named: readonly number[]): Promise<void> => {
    const state = await session.receive('processes', numbers(WANTED[wanted], ...named), onPart, signal)
    if (state !== 0)
      throw new Unreadable('/proc', errnoName(state))
  }
  try {
    if (pids === 'all')
      return await ask([])
    for (let at = 0; at < pids.length; at += MOST_PIDS)
      await ask(pids.slice(at, at + MOST_PIDS))
  }
  catch (error) {
    throw error instanceof HelperEnded ? new Unreadable('/proc', error.message) : error
  }
}

function createReader(own: ReadonlySet<number>, visit: (process: RawProcess) => void) {
  const found = emptyProcess()
  const { stat, status, commandLine, cgroup, namespaces } = found
  let at = 0

  function number(): number {
    at += 4
    return found.bytes.readUInt32LE(at - 4)
  }

  /** False for what is gone. */
  function outcome(file: FilledFile): boolean {
    const length = number()
    file.refusal = null
    if (length < REFUSED) {
      file.start = at
      at = file.end = at + length
      return true
    }
    return refuseFile(file, errnoName(length - REFUSED))
  }

  function readNamespaces(): void {
    namespaces.fill(0)
    found.namespacesRefusal = null
    for (let index = 0; index < namespaces.length; index += 1) {
      const length = number()
      if (length >= REFUSED) {
        const code = errnoName(length - REFUSED)
        if (found.namespacesRefusal === null && !isGone(code))
          found.namespacesRefusal = code
        continue
      }
      at += length
      if (found.namespacesRefusal === null)
        namespaces[index] = inodeIn(found.bytes, at - length, at)
    }
  }

  return {
    stats(part: Buffer): void {
      found.bytes = part
      for (at = 0; at < part.length;) {
        found.pid = number()
        if (outcome(stat) && !own.has(found.pid))
          visit(found)
      }
    },
    everything(part: Buffer): void {
      found.bytes = part
      for (at = 0; at < part.length;) {
        found.pid = number()
        const isThere = [outcome(stat), outcome(status), outcome(cgroup)]
        readNamespaces()
        isThere.push(outcome(commandLine))
        if (!isThere.includes(false) && !own.has(found.pid))
          visit(found)
      }
    },
  }
}

/** `pid:[4026531836]` */
function inodeIn(bytes: Uint8Array, start: number, end: number): number {
  let inode = 0
  for (let at = bytes.indexOf(0x5B, start) + 1; at < end; at += 1) {
    const digit = (bytes[at] ?? 0) - 0x30
    if (digit < 0 || digit > 9)
      break
    inode = inode * 10 + digit
  }
  return inode
}
