import type { OutputLine, ViewCommandId } from '../model/two-views'

/** What one line of a command's output is about. */
export interface LineFact {
  /** By which it is found on the other side. */
  readonly key: string
  /** What is said of it, when that can be compared; null: to be on both sides is all that counts. */
  readonly value: string | null
  /** It is one of what the command counts. */
  readonly isCounted: boolean
}

type Reader = (line: string) => LineFact | null

/** Of each line of stdout; null: it is about nothing that the other side could have. `ps` is read by shared/two-views/ps-rows.ts. */
export function lineFacts(id: ViewCommandId, lines: readonly OutputLine[]): (LineFact | null)[] {
  const read = READERS[id]()
  /** Two mounts may lie on one place. */
  const seen = new Map<string, number>()
  return lines.map(({ stream, text }) => {
    const fact = stream === 'stdout' && text !== '' ? read(text) : null
    if (fact === null)
      return null
    const times = (seen.get(fact.key) ?? 0) + 1
    seen.set(fact.key, times)
    return times === 1 ? fact : { ...fact, key: `${fact.key} ${times}` }
  })
}

const whole = (): Reader => text => ({ key: 'answer', value: text, isCounted: false })
const named = (mark: string, isCounted: boolean, isCompared: boolean) => (): Reader => (text) => {
  const end = text.indexOf(mark)
  return end === -1 ? null : { key: text.slice(0, end), value: isCompared ? text.slice(end).replaceAll(/\s+/g, ' ') : null, isCounted }
}

const READERS: Readonly<Record<ViewCommandId, () => Reader>> = {
  'ps': () => () => null,
  'ls': () => text => ({ key: text, value: null, isCounted: true }),
  'pwd': whole,
  'id': whole,
  'hostname': whole,
  'ip': interfaceReader,
  'mount': () => mountFact,
  'os-release': named('=', false, true),
  'free': named(':', false, true),
  'nproc': whole,
  'env': named('=', true, false),
}

/**
 * `2: eth0@if5: <…>` and the lines below it, of iproute2 and of busybox; or a line of `/proc/net/dev` (`eth0: 12 …`). An address is looked for with its
 * interface; how long it is valid is no address.
 */
function interfaceReader(): Reader {
  let name = ''
  return (text) => {
    const [, found] = /^(?:\d+: |\s*)([^\s:@]+)(?:@[^\s:]+)?:(?:\s|\d)/.exec(text) ?? []
    if (found !== undefined) {
      name = found
      return { key: name, value: null, isCounted: true }
    }
    const [, kind, address] = /^\s+(inet6?|link\/\S+) (\S+)/.exec(text) ?? []
    return kind === undefined ? null : { key: `${name} ${kind} ${address}`, value: null, isCounted: false }
  }
}

/** `proc on /proc type proc (rw)` of mount(8), or `proc /proc proc rw 0 0` of proc_pid_mounts(5): the same in two ways of writing. */
function mountFact(text: string): LineFact | null {
  const [, source, target, type, options] = /^(.*?) on (.*) type (\S+) \((.*)\)$/.exec(text) ?? /^(\S+) (\S+) (\S+) (\S+) \d+ \d+$/.exec(text) ?? []
  return target === undefined ? null : { key: target, value: [source, type, options].join(' '), isCounted: true }
}
