import { Buffer } from 'node:buffer'
import type { OpenFolder, RawEntry } from './open-folder'
import { type ProcSource, Unreadable } from './proc-source'

/** path_resolution(7): the kernel gives up after as many links. */
const MOST_LINKS = 40

/** The root file system of one process, read from outside without ever following a link of it (open-folder.ts). */
export interface ContainerRoot {
  readonly folder: OpenFolder
  /** Opens the folder that the names lead to, one level each, and closes it after `ask`. Throws Unreadable. */
  readonly within: <T>(names: readonly Buffer[], ask: (opened: OpenFolder) => Promise<T>) => Promise<T>
  readonly list: (names: readonly Buffer[]) => Promise<RawEntry[]>
  /** `['etc', 'passwd']`: at most `maxBytes` of it; null when there is none. Throws Unreadable, also for a link or a device. */
  readonly readSmallFile: (names: readonly string[], maxBytes: number) => Promise<Buffer | null>
  /**
   * Where an absolute path of the container leads (one character a byte): links are read as text and resolved inside the
   * container, as its own processes would. What does not exist stays as it is written. Null after too many links.
   */
  readonly resolve: (path: string) => Promise<string | null>
  readonly close: () => void
}

/** `/proc/<pid>/root`: a magic link into the mount namespace of that process (proc_pid_root(5)). Throws Unreadable. */
export const openContainerRoot = async (proc: ProcSource, hostPid: number): Promise<ContainerRoot> =>
  rootAt(await proc.openFolder(`${hostPid}/root`))

/** The same access below a folder that is open already. Closing the one closes the other. */
export function rootAt(folder: OpenFolder): ContainerRoot {
  async function within<T>(names: readonly Buffer[], ask: (opened: OpenFolder) => Promise<T>): Promise<T> {
    const [name, ...deeper] = names
    if (name === undefined)
      return ask(folder)
    const child = await folder.openFolder(name)
    try {
      return await rootAt(child).within(deeper, ask)
    }
    finally {
      child.close()
    }
  }

  return {
    folder,
    within,
    list: names => within(names, opened => opened.entries()),
    readSmallFile: async (names, maxBytes) => {
      const levels = names.map(name => Buffer.from(name))
      const last = levels.pop()
      return last === undefined ? null : nullWhenMissing(() => within(levels, opened => opened.readSmallFile(last, maxBytes)))
    },
    resolve: path => resolveLinks(path, names => nullWhenMissing(() => linkTargetOf(names, within))),
    close: () => folder.close(),
  }
}

async function resolveLinks(path: string, targetOf: (names: readonly string[]) => Promise<string | null>): Promise<string | null> {
  const pending = path.split('/')
  let resolved: string[] = []
  for (let links = 0; links <= MOST_LINKS;) {
    const name = pending.shift()
    if (name === undefined)
      return `/${resolved.join('/')}`
    if (name === '' || name === '.')
      continue
    if (name === '..') {
      resolved.pop()
      continue
    }
    const target = await targetOf([...resolved, name])
    if (target === null) {
      resolved.push(name)
      continue
    }
    links += 1
    if (target.startsWith('/'))
      resolved = []
    pending.unshift(...target.split('/'))
  }
  return null
}

async function linkTargetOf(names: readonly string[], within: ContainerRoot['within']): Promise<string | null> {
  const levels = names.map(name => Buffer.from(name, 'latin1'))
  const last = levels.pop()
  const target = last === undefined ? null : await within(levels, opened => opened.linkTarget(last))
  return target?.toString('latin1') ?? null
}

async function nullWhenMissing<T>(read: () => Promise<T | null>): Promise<T | null> {
  try {
    return await read()
  }
  catch (error) {
    if (error instanceof Unreadable && error.code === 'ENOENT')
      return null
    throw error
  }
}
