import { Buffer } from 'node:buffer'
import type { ViewCommandId, ViewSide } from '../../shared/model/two-views'
import { byName } from '../collect/folder-entries'
import { openHostRoot } from '../collect/host-root'
import { collectOutput } from '../parse/program-output'
import { textFromBytes } from '../parse/raw-name'
import { type ProcSource, Unreadable } from '../sources/proc-source'

interface Readable { readonly path: string, readonly read: (proc: ProcSource) => Promise<string | null> }

const file = (path: string): Readable => ({ path: `/proc/${path}`, read: proc => proc.readText(path) })

/** Where the kernel itself has what a command prints (proc(5)). Of the PID that asks, and of its user, nothing outside says anything. */
const FILES: Readonly<Partial<Record<ViewCommandId, Readable>>> = {
  'ps': { path: '/proc/[0-9]*/cmdline', read: readCommandLines },
  'ls': { path: '/proc/1/root', read: readRootNames },
  'hostname': file('sys/kernel/hostname'),
  'ip': file('1/net/dev'),
  'mount': file('1/mounts'),
  'os-release': { path: '/proc/1/root/usr/lib/os-release', read: readOsRelease },
  'free': file('meminfo'),
}

const MAX_OS_RELEASE_BYTES = 64 * 1024

/** What the helper reads on the engine's machine in place of a command; a problem where no file says it. */
export async function readOnHost(proc: ProcSource, id: ViewCommandId): Promise<ViewSide> {
  const startedAt = performance.now()
  const source = FILES[id]
  const nothing: Omit<ViewSide, 'problem' | 'tookMs'> = { how: 'read', command: source === undefined ? '' : `cat ${source.path}`, lines: [], exitCode: null, endedAt: null, pid: null, note: null }
  const found = source === undefined ? null : await source.read(proc).catch((error: unknown) => {
    if (error instanceof Unreadable)
      return null
    throw error
  })
  if (found === null)
    return { ...nothing, problem: NOT_READ, tookMs: performance.now() - startedAt }
  const output = collectOutput()
  output.add('stdout', Buffer.from(found, 'latin1'))
  return { ...nothing, lines: output.lines(), endedAt: output.isFull() ? 'size' : null, problem: null, tookMs: performance.now() - startedAt }
}

const NOT_READ = { code: 'HOST_NOT_READ', what: 'No program runs there, and the helper has no file to read that says this.', fix: 'Run the command on the engine’s machine yourself.' }

/** As the columns of `ps -eo pid,args`; a kernel thread has no arguments, and its name in brackets (ps(1)). */
async function readCommandLines(proc: ProcSource): Promise<string> {
  const rows = ['  PID COMMAND']
  await proc.readProcesses('everything', 'all', ({ pid, bytes, commandLine, stat }) => {
    const args = bytes.toString('latin1', commandLine.start, commandLine.end).replace(/\0+$/, '').replaceAll(/[\0\n]/g, ' ')
    const stated = bytes.toString('latin1', stat.start, stat.end)
    rows.push(`${String(pid).padStart(5)} ${args === '' ? `[${stated.slice(stated.indexOf('(') + 1, stated.lastIndexOf(')')).replaceAll('\n', ' ')}]` : args}`)
  }, new AbortController().signal)
  return `${rows.join('\n')}\n`
}

/** As `ls` has them: without those that begin with a point. */
async function readRootNames(proc: ProcSource): Promise<string | null> {
  const host = await openHostRoot(proc)
  if (host === null)
    return null
  try {
    const names = (await host.root.folder.entries()).sort(byName).map(({ name }) => textFromBytes(name)).filter(name => !name.startsWith('.'))
    return Buffer.from(names.map(name => `${name}\n`).join('')).toString('latin1')
  }
  finally {
    host.root.close()
  }
}

/** os-release(5): `/etc/os-release` is a link to the other one, or a file of its own. */
async function readOsRelease(proc: ProcSource): Promise<string | null> {
  const host = await openHostRoot(proc)
  if (host === null)
    return null
  try {
    const bytes = await host.root.readSmallFile(['usr', 'lib', 'os-release'], MAX_OS_RELEASE_BYTES)
    return bytes?.toString('latin1') ?? null
  }
  finally {
    host.root.close()
  }
}
