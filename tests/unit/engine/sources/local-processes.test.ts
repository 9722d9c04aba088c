import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { localProcesses } from '../../../../engine/sources/local-processes'
import type { RawFile, WantedFiles } from '../../../../engine/sources/raw-process'
import { tempFolder } from '../../../support/temp-folder'

const never = new AbortController().signal
let root: string
beforeEach(() => {
  root = tempFolder()
})

function add(pid: number | string, files: Record<string, string>): void {
  mkdirSync(join(root, String(pid), 'ns'), { recursive: true })
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(root, String(pid), name), text, 'latin1')
}

/** What each visit had, as text. */
async function read(wanted: WantedFiles, pids: readonly number[] | 'all' = 'all') {
  const seen: { pid: number, stat: string, status: string, commandLine: string, cgroup: string, refusals: (string | null)[], namespaces: number[] }[] = []
  await localProcesses(root)(wanted, pids, ({ pid, bytes, stat, status, commandLine, cgroup, namespaces }) => {
    const text = ({ start, end }: RawFile): string => bytes.toString('latin1', start, end)
    seen.push({ pid, stat: text(stat), status: text(status), commandLine: text(commandLine), cgroup: text(cgroup), refusals: [stat, status, commandLine, cgroup].map(({ refusal }) => refusal), namespaces: [...namespaces] })
  }, never)
  return seen
}

describe('localProcesses', () => {
  it('reads the files of each process, ascending, and what is no PID not at all', async () => {
    for (const name of ['20', '3', '-1', '1e9', '3x', 'self'])
      add(name, { stat: `stat ${name}`, status: `status ${name}`, cmdline: `a\0${name}`, cgroup: 'cg' })
    symlinkSync('pid:[4026531836]', join(root, '3/ns/pid'))
    symlinkSync('time:[4294967295]', join(root, '3/ns/time'))
    expect(await read('everything')).toEqual([
      { pid: 3, stat: 'stat 3', status: 'status 3', commandLine: 'a\x003', cgroup: 'cg', refusals: [null, null, null, null], namespaces: [0, 4026531836, 0, 0, 0, 0, 0, 4294967295] },
      { pid: 20, stat: 'stat 20', status: 'status 20', commandLine: 'a\x0020', cgroup: 'cg', refusals: [null, null, null, null], namespaces: [0, 0, 0, 0, 0, 0, 0, 0] },
    ])
  })

  it('reads one file where one is wanted, of those that are asked for, in their order', async () => {
    for (const pid of [5, 6, 7])
      add(pid, { stat: `stat ${pid}` })
    expect((await read('stat', [7, 99, 5])).map(({ stat }) => stat)).toEqual(['stat 7', 'stat 5'])
  })

  it('does not visit one that has gone, whichever file told it', async () => {
    add(5, { status: 's', cmdline: '' })
    add(6, { stat: 's', cmdline: '' })
    add(7, { stat: 's', status: 's' })
    expect(await read('everything')).toEqual([])
  })

  it('grows its memory for a process in 65,536 groups, and keeps what it had read before', async () => {
    const groups = `Groups:\t${'4294967294 '.repeat(65_536)}\nNSpid:\t5\n`
    add(5, { stat: 'the stat', status: groups, cmdline: 'x', cgroup: 'y' })
    expect(await read('everything')).toMatchObject([{ stat: 'the stat', status: groups, commandLine: 'x', cgroup: 'y' }])
  })

  it('stops in a command line after 64 KiB and one byte, and in any other file after 1 MiB, which is then refused', async () => {
    add(5, { stat: 's', status: 'x'.repeat(1024 * 1024), cmdline: 'y'.repeat(2_000_000), cgroup: '' })
    expect((await read('everything')).map(({ status, commandLine, refusals }) => [status.length, commandLine.length, refusals])).toEqual([[0, 64 * 1024 + 1, [null, 'EFBIG', null, null]]])
  })

  it('lets the event loop go on meanwhile', async () => {
    add(5, { stat: 's', status: 's', cmdline: 'c', cgroup: 'g' })
    let turns = 0
    const count = (): void => {
      turns += 1
      counting = setImmediate(count)
    }
    let counting = setImmediate(count)
    await localProcesses(root)('everything', Array<number>(2000).fill(5), () => {}, never)
    clearImmediate(counting)
    expect(turns).toBeGreaterThan(3)
  })

  it('ends when it is told to', async () => {
    add(1, { stat: 's' })
    await expect(localProcesses(root)('stat', 'all', () => {}, AbortSignal.abort(new Error('left')))).rejects.toThrow('left')
    rmSync(root, { recursive: true })
  })
})
