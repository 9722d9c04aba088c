import { Buffer } from 'node:buffer'
import { NAMESPACE_TYPES } from '../../../shared/model/namespace'
import { Unreadable } from '../proc-source'
import type { RawFile, RawProcess, ReadProcesses } from '../raw-process'
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

interface Range { start: number, end: number, refusal: string | null }

function createReader(own: ReadonlySet<number>, visit: (process: RawProcess) => void) {
  const [stat, status, commandLine, cgroup] = [emptyRange(), emptyRange(), emptyRange(), emptyRange()]
  const namespaces = new Uint32Array(NAMESPACE_TYPES.length)
  let bytes: Buffer = Buffer.alloc(0)
  let at = 0
  let pid = 0
  let namespacesRefusal: string | null = null
  const found: RawProcess = {
    stat,
    status,
    commandLine,
    cgroup,
    namespaces,
    get pid() { return pid },
    get bytes() { return bytes },
    get namespacesRefusal() { return namespacesRefusal },
  }

  function number(): number {
    at += 4
    return bytes.readUInt32LE(at - 4)
  }

  /** False for what is gone. */
  function outcome(range: Range): boolean {
    const length = number()
    range.refusal = null
    if (length < REFUSED) {
      range.start = at
      at = range.end = at + length
      return true
    }
    range.start = range.end = 0
    const code = errnoName(length - REFUSED)
    if (isGone(code))
      return false
    range.refusal = code
    return true
  }

  function readNamespaces(): void {
    namespaces.fill(0)
    namespacesRefusal = null
    for (let index = 0; index < namespaces.length; index += 1) {
      const length = number()
      if (length >= REFUSED) {
        const code = errnoName(length - REFUSED)
        if (namespacesRefusal === null && !isGone(code))
          namespacesRefusal = code
        continue
      }
      at += length
      if (namespacesRefusal === null)
        namespaces[index] = inodeIn(bytes, at - length, at)
    }
  }

  return {
    stats(part: Buffer): void {
      bytes = part
      for (at = 0; at < part.length;) {
        pid = number()
        if (outcome(stat) && !own.has(pid))
          visit(found)
      }
    },
    everything(part: Buffer): void {
      bytes = part
      for (at = 0; at < part.length;) {
        pid = number()
        const isThere = [outcome(stat), outcome(status), outcome(cgroup)]
        readNamespaces()
        isThere.push(outcome(commandLine))
        if (!isThere.includes(false) && !own.has(pid))
          visit(found)
      }
    },
  }
}

const emptyRange = (): Range & RawFile => ({ start: 0, end: 0, refusal: null })

/** The process exited between listing and reading. */
const isGone = (code: string): boolean => code === 'ENOENT' || code === 'ESRCH'

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
