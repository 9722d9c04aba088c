import { z } from 'zod'
import type { Machine } from '../machine'
import { linesOf } from './run'

const FindMnt = z.object({ filesystems: z.array(z.object({ target: z.string(), fstype: z.string(), options: z.string() })) })

export interface FoundCgroup {
  readonly version: '1' | '2'
  readonly limits: { cpus: number | 'unlimited', memoryBytes: number | 'unlimited', pids: number | 'unlimited' }
  /** `cpu.shares` (version 1) or `cpu.weight` (2). */
  readonly weight: number
  /** Then its usage is not the container's. */
  readonly isOfOthersToo: boolean
  readonly usage: { cpuSeconds: number, memoryBytes: number, pids: number }
}

/** Limits and usage of the control group of a process: findmnt tells where, grep prints the files. */
export async function cgroupOf(machine: Machine, pid: number): Promise<FoundCgroup> {
  const lines = (await linesOf(machine, 'cat', `/proc/${pid}/cgroup`)).map(line => line.split(':'))
  const { filesystems } = FindMnt.parse(JSON.parse(await machine.run('findmnt', '--json', '--list', '--types', 'cgroup,cgroup2', '--output', 'TARGET,FSTYPE,OPTIONS')))
  const isVersion1 = lines.some(([, controllers]) => controllers?.split(',').includes('memory'))
  const folder = (controller: string): string => {
    const mount = filesystems.find(({ fstype, options }) => isVersion1 ? fstype === 'cgroup' && options.split(',').includes(controller) : fstype === 'cgroup2')
    const path = lines.find(([, controllers]) => isVersion1 ? controllers?.split(',').includes(controller) : controllers === '')?.[2]
    return `${mount?.target}${path}`
  }
  return { ...await (isVersion1 ? version1(machine, folder) : version2(machine, folder('memory'))), isOfOthersToo: await isOfOthersToo(machine, pid) }
}

/** Whether the program that keeps the container is in the same group: the engine made none for it. */
async function isOfOthersToo(machine: Machine, pid: number): Promise<boolean> {
  const parent = (await machine.run('ps', '-o', 'ppid=', '-p', String(pid))).trim()
  const [own, parents] = await Promise.all([String(pid), parent].map(each => machine.run('cat', `/proc/${each}/cgroup`)))
  return own === parents
}

async function version1(machine: Machine, folder: (controller: string) => string): Promise<Omit<FoundCgroup, 'isOfOthersToo'>> {
  const read = await readFiles(
    machine,
    ...['cfs_quota_us', 'cfs_period_us', 'shares'].map(name => `${folder('cpu')}/cpu.${name}`),
    `${folder('cpuacct')}/cpuacct.usage`,
    ...['limit_in_bytes', 'usage_in_bytes'].map(name => `${folder('memory')}/memory.${name}`),
    ...['max', 'current'].map(name => `${folder('pids')}/pids.${name}`),
  )
  const quota = Number(read('cpu.cfs_quota_us'))
  return {
    version: '1',
    limits: { cpus: quota < 0 ? 'unlimited' : quota / Number(read('cpu.cfs_period_us')), memoryBytes: limitIn(read('memory.limit_in_bytes')), pids: limitIn(read('pids.max')) },
    weight: Number(read('cpu.shares')),
    usage: { cpuSeconds: Number(read('cpuacct.usage')) / 1e9, memoryBytes: Number(read('memory.usage_in_bytes')), pids: Number(read('pids.current')) },
  }
}

async function version2(machine: Machine, folder: string): Promise<Omit<FoundCgroup, 'isOfOthersToo'>> {
  const read = await readFiles(machine, ...['cpu.max', 'cpu.weight', 'cpu.stat', 'memory.max', 'memory.current', 'pids.max', 'pids.current'].map(name => `${folder}/${name}`))
  const [quota, period] = read('cpu.max').split(' ')
  return {
    version: '2',
    limits: { cpus: quota === 'max' ? 'unlimited' : Number(quota) / Number(period), memoryBytes: limitIn(read('memory.max')), pids: limitIn(read('pids.max')) },
    weight: Number(read('cpu.weight')),
    usage: { cpuSeconds: Number(/usage_usec (\d+)/.exec(read('cpu.stat'))?.[1]) / 1e6, memoryBytes: Number(read('memory.current')), pids: Number(read('pids.current')) },
  }
}

/** The first line of each file, by the file's name. */
async function readFiles(machine: Machine, ...paths: string[]): Promise<(name: string) => string> {
  const firstLines = new Map((await linesOf(machine, 'sh', '-c', 'grep --no-messages --with-filename --max-count=1 "" "$@" || test $? -lt 3', 'sh', ...paths)).map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(line.slice(0, colon).lastIndexOf('/') + 1, colon), line.slice(colon + 1)]
  }))
  return name => firstLines.get(name) ?? ''
}

/** Version 1 writes no limit as its largest number; in the root of a hierarchy there is no such file (admin-guide/cgroup-v1/pids, cgroup-v2). */
const limitIn = (text: string): number | 'unlimited' => text === 'max' || text === '' || Number(text) > 2 ** 60 ? 'unlimited' : Number(text)
