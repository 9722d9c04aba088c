import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { scanHost } from '../../../../engine/collect/scan-host'
import { localProc } from '../../../../engine/sources/local-proc'
import { fixture } from '../../../support/fixture'

const ID = '0ae039c0c33648b7cb7cd8204f83e636ab0d9351f8aabc5f3f81f900959c31e7'
const signal = new AbortController().signal
let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'isoscope-proc-'))
  writeFileSync(join(root, 'stat'), 'cpu  1 2 3\nbtime 1795522572\n')
  link('self', 'pid', 10)
})
afterEach(() => rmSync(root, { recursive: true }))

function link(pid: number | string, type: string, inode: number): void {
  mkdirSync(join(root, String(pid), 'ns'), { recursive: true })
  symlinkSync(`${type}:[${inode}]`, join(root, String(pid), 'ns', type))
}

function addProcess(pid: number, files: Record<string, string>): void {
  mkdirSync(join(root, String(pid)), { recursive: true })
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(root, String(pid), name), text, 'latin1')
}

/** The first process is in every procfs that hides none. */
function addFirst(): void {
  addProcess(1, { stat: fixture('proc/debian-12/kthreadd/stat').replace(/^2/, '1'), status: fixture('proc/debian-12/kthreadd/status').replace('NSpid:\t2', 'NSpid:\t1'), cgroup: '0::/\n', cmdline: '' })
}

function addNodeapp(): void {
  addProcess(10468, Object.fromEntries(['stat', 'status', 'cgroup', 'cmdline'].map(name => [name, fixture(`proc/debian-12/nodeapp/${name}`)])))
  link(10468, 'mnt', 4026532180)
  link(10468, 'pid', 4026532183)
}

const scan = () => scanHost(localProc(root), id => id === ID, signal)

describe('scanHost', () => {
  it('joins the files of one process', async () => {
    addNodeapp()
    addFirst()
    expect(await scan()).toMatchObject({
      kernel: { bootedAtMs: 1795522572000 },
      incompleteBecause: null,
      processes: [{ pid: 1 }, {
        pid: 10468,
        ppid: 10448,
        comm: 'node',
        args: ['node', '/usr/src/app/app.js'],
        nsPids: [10468, 1],
        effectiveUid: 0,
        containerId: ID,
        namespaces: { mnt: 4026532180, pid: 4026532183 },
      }],
    })
  })

  it('leaves out a process that ends between listing and reading, and what is no process', async () => {
    addNodeapp()
    addProcess(500, {})
    addProcess(501, { stat: fixture('proc/debian-12/kthreadd/stat') })
    mkdirSync(join(root, '12x'))
    expect((await scan()).processes.map(({ pid }) => pid)).toEqual([10468])
  })

  it('keeps of a runtime that still moves only the PID namespace that it never leaves', async () => {
    addNodeapp()
    writeFileSync(join(root, 'uptime'), `${Number(fixture('proc/debian-12/nodeapp/stat').split(' ')[21]) / 100}.00 1.00\n`)
    writeFileSync(join(root, '10468', 'stat'), fixture('proc/debian-12/nodeapp/stat').replace('(node)', '(runc:[2:INIT])'))
    const moving = (await scan()).byPid.get(10468)
    expect([moving?.namespaces, moving?.bornIn]).toEqual([{}, 4026532183])
  })

  it('keeps a zombie of the container with its parent', async () => {
    addNodeapp()
    addProcess(10900, {
      stat: '10900 (sh) Z 10468 0 0 0 0 0 0 0 0 0 0 0 0 0 20 0 1 0 99 0 0 0\n',
      status: 'Uid:\t0\t0\t0\t0\nNSpid:\t10900\t9\n',
      cgroup: '0::/\n',
      cmdline: '',
    })
    expect((await scan()).byPid.get(10900)).toMatchObject({ state: 'Z', args: [], containerId: ID, namespaces: {} })
  })

  it('cuts a command line of megabytes and says so', async () => {
    addNodeapp()
    writeFileSync(join(root, '10468/cmdline'), `sh\0${'x'.repeat(2_000_000)}\0`)
    expect((await scan()).processes[0]?.args.map(arg => arg.slice(-23))).toEqual(['sh', 'x'.repeat(23), '… (cut after 64 KiB)'])
  })

  it('says why there are more processes than it found', async () => {
    addNodeapp()
    expect((await scan()).incompleteBecause).toBe(`${root} hides other users' processes (mount option hidepid)`)
    addFirst()
    addProcess(500, { stat: '500 (half) S 1', status: '', cgroup: '', cmdline: '' })
    const found = await scan()
    expect([found.incompleteBecause, found.processes.map(({ pid }) => pid)]).toEqual([`1 process of ${root} could not be read`, [1, 10468]])
  })

  // What lxkns and others were found to stumble over: names that are no PID, a file that belongs to another, lines that no kernel writes.
  it.each([
    ['4194304', '4194304 (a) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 9 0 0 1 1 1\n'],
    ['7', '7 (a) S 4194304 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 9 0 0 1 1 1\n'],
    ['7', '7 (a) S -1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 9 0 0 1 1 1\n'],
    ['7', '7 (a) S  1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 9 0 0 1 1 1\n'],
    ['7', '8 (a) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 9 0 0 1 1 1\n'],
    ['7', '7 (a) S 1 1 1 0 -1 0 0 0 0 0 NaN 0 0 0 20 0 1 0 9 0 0 1 1 1\n'],
    ['7', '7 (a) S 1 1 1 0 -1 0 0 0 0 0 1e9 0 0 0 20 0 1 0 9 0 0 1 1 1\n'],
    ['7', '7 (a) S 1 1 1 0 -1 0 0 0 0 0 0'],
    ['7', '7 a S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 9 0 0 1 1 1\n'],
    ['7', '\0\0\0\0'],
    ['7', '\n'],
  ])('rejects what no kernel writes, and counts it: %s with %j', async (name, stat) => {
    addFirst()
    addNodeapp()
    addProcess(Number(name), { stat, status: 'Uid:\t0\t0\t0\t0\nNSpid:\t7\n', cgroup: '0::/\n', cmdline: 'a\0' })
    const found = await scan()
    expect([found.processes.map(({ pid }) => pid), found.incompleteBecause]).toEqual([[1, 10468], `1 process of ${root} could not be read`])
  })

  it('takes no name for a PID that is none', async () => {
    addFirst()
    for (const name of ['-1', '1e9', '0x1', '12x', 'self', ' 7', '+7'])
      mkdirSync(join(root, name), { recursive: true })
    const found = await scan()
    expect([found.processes.map(({ pid }) => pid), found.incompleteBecause]).toEqual([[1], null])
  })

  it('is cut short by its signal', async () => {
    addFirst()
    await expect(scanHost(localProc(root), () => false, AbortSignal.abort(new Error('left')))).rejects.toThrow('left')
  })
})

describe('localProc', () => {
  it('grows its buffer for a file that is larger', async () => {
    writeFileSync(join(root, 'large'), 'y'.repeat(300_000))
    expect(await localProc(root).readText('large')).toHaveLength(300_000)
  })

  it('says null for what is gone, and names what it may not read', async () => {
    const proc = localProc(root)
    writeFileSync(join(root, 'plain'), '')
    expect(await Promise.all([proc.readText('7/stat'), proc.readLink('7/ns/pid'), proc.listFolder('7/fd')])).toEqual([null, null, []])
    await expect(proc.readLink('plain')).rejects.toThrow('plain: EINVAL')
  })
})
