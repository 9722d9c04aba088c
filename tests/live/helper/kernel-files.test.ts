import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NAMESPACE_TYPES } from '../../../shared/model/namespace-type'
import { localProc } from '../../../engine/sources/local-proc'
import { type ProcSource, Unreadable } from '../../../engine/sources/proc-source'
import { removeAll } from '../../support/containers'
import { openTestHelper, type TestHelper } from '../../support/helper'
import { hostProcesses } from '../../../verify/oracles/host-processes'
import { here } from '../take'
import { start } from '../start'

const local = localProc('/proc')
let helper: TestHelper
beforeAll(async () => {
  await start({ name: 'helper-one', command: ['sh', '-c', 'sleep 1001 & sleep 1002 & wait'], processes: 3, flags: ['--user=1000'] })
  await start({ name: 'helper-two', flags: ['--network=none', '--memory=64m', '--cap-drop=ALL'] })
  helper = await openTestHelper()
})
afterAll(() => Promise.all([helper.close(), removeAll()]))

/** What a source says, or why it does not. */
async function answerOf<T>(ask: () => Promise<T>): Promise<T | string> {
  try {
    return await ask()
  }
  catch (error) {
    if (error instanceof Unreadable)
      return error.code
    throw error
  }
}

/** A process may open and close a file between the two looks at it, but not in each of so many. */
const LOOKS = 5

/** Asks the nearer source before and after the helper: where it says the same twice, the helper must say it too. Gives how many those were. */
async function expectEqual(paths: readonly string[], ask: (proc: ProcSource, path: string) => Promise<unknown>): Promise<number> {
  let compared = 0
  for (const path of paths) {
    let answers = await answersOf(path, ask)
    for (let look = 1; look < LOOKS && !isDeepStrictEqual(answers.helper, answers.before); look += 1)
      answers = await answersOf(path, ask)
    if (!isDeepStrictEqual(answers.before, answers.after))
      continue
    expect({ path, answer: answers.helper }).toEqual({ path, answer: answers.before })
    compared += 1
  }
  return compared
}

const answersOf = async (path: string, ask: (proc: ProcSource, path: string) => Promise<unknown>): Promise<Record<'before' | 'helper' | 'after', unknown>> => ({
  before: await answerOf(() => ask(local, path)),
  helper: await answerOf(() => ask(helper.proc, path)),
  after: await answerOf(() => ask(local, path)),
})

/** Of at most about a hundred processes from all over the list, not of this one and not of the helper's, which open files to answer. */
async function pathsOf(...files: readonly string[]): Promise<string[]> {
  const pids = (await local.listPids()).filter(pid => pid !== process.pid && pid !== helper.hello.pid)
  const every = Math.ceil(pids.length / 100)
  return pids.filter((_, index) => index % every === 0).flatMap(pid => files.map(file => `${pid}/${file}`))
}

describe('the helper, asked for the same as this computer\'s own /proc', () => {
  it('knows every process that ps knows, but for itself and what holds it', async () => {
    const before = await hostProcesses(here)
    const pids = await helper.proc.listPids()
    const after = await hostProcesses(here)
    const stable = [...before.keys()].filter(pid => after.has(pid))
    const own = [helper.hello.pid, helper.hello.parentPid]
    expect(pids).toEqual(pids.toSorted((one, other) => one - other))
    expect(stable.filter(pid => !pids.includes(pid)).toSorted()).toEqual(own.toSorted())
    expect(await local.readText(`${helper.hello.pid}/cmdline`)).toBe('/isoscope-helper\0')
  })

  it('reads the same text', async () => {
    const paths = await pathsOf('cmdline', 'cgroup', 'comm', 'limits', 'uid_map', 'mountinfo', 'net/route', 'net/tcp')
    expect(await expectEqual(paths, (proc, path) => proc.readText(path))).toBeGreaterThan(250)
    expect(await expectEqual(['version', 'cpuinfo', 'sys/kernel/hostname', 'sys/kernel/random/boot_id', 'filesystems', 'nowhere', '4194304/status', 'self/nowhere'], (proc, path) => proc.readText(path))).toBe(8)
  })

  it('reads the same links', async () => {
    const paths = await pathsOf('exe', 'cwd', 'root', 'fd/0', 'status', ...NAMESPACE_TYPES.map(type => `ns/${type}`))
    expect(await expectEqual(paths, (proc, path) => proc.readLink(path))).toBeGreaterThan(250)
  })

  it('lists the same folders', async () => {
    expect(await expectEqual(await pathsOf('ns', 'task', 'fd'), async (proc, path) => (await proc.listFolder(path)).toSorted())).toBeGreaterThan(60)
    expect(await expectEqual(['4194304/fd', 'nowhere', 'version'], (proc, path) => proc.listFolder(path))).toBe(3)
  })

  it('knows the same inodes', async () => {
    expect(await expectEqual(await pathsOf('ns/net', 'ns/nothing'), (proc, path) => proc.inodeOf(path))).toBeGreaterThan(50)
  })

  it('reads the same control groups', async () => {
    const mounts = (await local.readText('self/mounts') ?? '').split('\n').map(line => line.split(' ')).filter(([, , type]) => type === 'cgroup' || type === 'cgroup2')
    const files = mounts.flatMap(([, path]) => [`${path}/cgroup.procs`, `${path}/docker/cgroup.procs`, `${path}/notify_on_release`, `${path}/nothing`])
    expect(await expectEqual(files, (proc, path) => proc.readHostFile(path))).toBeGreaterThan(2)
  })

  it.each(['../etc/passwd', 'self/../../etc/passwd', '/etc/passwd', 'self//comm', 'self/./comm', 'self/comm\0'])('never asks for what is no path below /proc: %j', async (path) => {
    expect(await answerOf(() => helper.proc.readText(path))).toBe('ENOENT')
    expect(await helper.proc.readText('self/comm')).toBe('isoscope-helper\n')
  })

  it('opens nothing through the links of a process, which lead out of /proc', async () => {
    expect(await answerOf(() => helper.proc.readText(`${process.pid}/exe`))).toBe('ELOOP')
    expect(await answerOf(() => helper.proc.readText(`${process.pid}/root/etc/passwd`))).toBe('ENOTDIR')
    expect(await answerOf(() => helper.proc.readText(`${process.pid}/cwd/package.json`))).toBe('ENOTDIR')
  })
})

interface Read { readonly stat: string, readonly status: string, readonly cgroup: string, readonly commandLine: string, readonly namespaces: (number | undefined)[] }

async function readAll(): Promise<Map<number, Read>> {
  const found = new Map<number, Read>()
  await helper.readProcesses('everything', 'all', ({ pid, bytes, stat, status, cgroup, commandLine, namespaces }) => {
    const text = ({ start, end }: { start: number, end: number }): string => Buffer.from(bytes.subarray(start, end)).toString('latin1')
    found.set(pid, { stat: text(stat), status: text(status), cgroup: text(cgroup), commandLine: text(commandLine), namespaces: [...namespaces] })
  }, AbortSignal.timeout(10_000))
  return found
}

describe('many processes in one answer', () => {
  it('are those that single questions find', async () => {
    const found = await readAll()
    let compared = 0
    for (const [pid, read] of found) {
      const [commandLine, cgroup, ...links] = await Promise.all([
        local.readText(`${pid}/cmdline`), local.readText(`${pid}/cgroup`),
        ...NAMESPACE_TYPES.map(async type => Number(/\d+/.exec(await local.readLink(`${pid}/ns/${type}`).catch(() => null) ?? '')?.[0] ?? 0)),
      ])
      if (commandLine !== read.commandLine || cgroup !== read.cgroup)
        continue // it was replaced (execve(2)) or moved meanwhile; most are not
      compared += 1
      expect({ pid, namespaces: read.namespaces }).toEqual({ pid, namespaces: links })
      expect(read.stat).toMatch(new RegExp(`^${pid} \\(`))
      expect(read.status).toContain(`\nPid:\t${pid}\n`)
    }
    expect(compared).toBeGreaterThan(found.size * 0.8)
    expect([...found.keys()]).toEqual([...found.keys()].toSorted((one, other) => one - other))
    expect([found.has(helper.hello.pid), found.has(helper.hello.parentPid)]).toEqual([false, false])
  })

  it('are those that were asked for, without one that is gone', async () => {
    const visited: number[] = []
    await helper.readProcesses('stat', [process.pid, 4_194_304, 1, helper.hello.pid], ({ pid }) => visited.push(pid), AbortSignal.timeout(10_000))
    expect(visited).toEqual([process.pid, 1])
    await helper.readProcesses('stat', [], ({ pid }) => visited.push(pid), AbortSignal.timeout(10_000))
    expect(visited.length).toBe(2)
  })

  it('may be given up in the middle, and what is asked next is answered', async () => {
    const stop = new AbortController()
    const given = helper.readProcesses('everything', 'all', () => stop.abort(new Error('enough')), stop.signal)
    await expect(given).rejects.toThrow('enough')
    await expect(helper.readProcesses('everything', 'all', () => { throw new Error('a bug') }, AbortSignal.timeout(10_000))).rejects.toThrow('a bug')
    expect((await readAll()).size).toBeGreaterThan(10)
  })

  it('are answered in turn with what is asked meanwhile', async () => {
    const [scan, comm, again] = await Promise.all([readAll(), helper.proc.readText('self/comm'), readAll()])
    expect([comm, Math.abs(scan.size - again.size) < 50]).toEqual(['isoscope-helper\n', true])
  })
})
