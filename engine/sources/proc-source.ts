import { closeSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs'

/** The kernel refused a file that exists: a fact that stays unknown, never a crash. */
export class Unreadable extends Error {
  constructor(readonly path: string, readonly code: string) {
    super(`${path}: ${code === 'EACCES' || code === 'EPERM' ? 'no permission to read it' : code}`)
    this.name = 'Unreadable'
  }
}

/** proc(5) of one kernel. Paths are relative to its root: `1234/status`. Synchronous: for procfs that is 6 to 9 times faster. */
export interface ProcSource {
  readonly root: string
  /** PIDs of the processes that are visible now, ascending. */
  listPids: () => number[]
  /** The whole file, one character a byte (latin1); null when it or its process is gone. Throws Unreadable. */
  readText: (path: string) => string | null
  /** Names in a folder; empty when it is gone. Throws Unreadable. */
  readonly listFolder: (path: string) => string[]
  /** Where a symbolic link points, one character a byte; null when it or its process is gone. Throws Unreadable. */
  readLink: (path: string) => string | null
}

/** This machine's procfs, mounted at `root`. */
export function localProc(root: string): ProcSource {
  let buffer = Buffer.allocUnsafe(64 * 1024)

  function readText(path: string): string | null {
    const file = nullWhenGone(path, () => openSync(`${root}/${path}`, 'r'))
    if (file === null)
      return null
    try {
      return nullWhenGone(path, () => {
        let length = 0
        for (;;) {
          const count = readSync(file, buffer, length, buffer.length - length, null)
          if (count === 0)
            return buffer.toString('latin1', 0, length)
          length += count
          if (length === buffer.length)
            buffer = Buffer.concat([buffer], buffer.length * 2)
        }
      })
    }
    finally {
      closeSync(file)
    }
  }

  return {
    root,
    listPids: () => readdirSync(root).filter(name => name.charCodeAt(0) <= 57 && /^\d+$/.test(name)).map(Number).sort((a, b) => a - b),
    readText,
    listFolder: path => nullWhenGone(path, () => readdirSync(`${root}/${path}`)) ?? [],
    readLink: path => nullWhenGone(path, () => readlinkSync(`${root}/${path}`, 'latin1')),
  }
}

function nullWhenGone<T>(path: string, read: () => T): T | null {
  try {
    return read()
  }
  catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'ENOENT' || code === 'ESRCH')
      return null // the process exited between listing and reading
    if (code !== '')
      throw new Unreadable(path, code)
    throw error
  }
}
