import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { basename } from 'node:path'

/** A process by what survives the reuse of its PID: PID and start, in ticks since boot (proc(5), stat field 22). */
type ProcessKey = string

interface Process {
  key: ProcessKey
  pid: number
  parentPid: number
  state: string
}

/** Every process of this machine, except zombies, which have ended and wait for their parent. */
function listProcesses(): Process[] {
  return readdirSync('/proc').filter(name => /^\d+$/.test(name)).flatMap((pid) => {
    const stat = readStat(pid)
    // The name, in parentheses, may hold anything; what counts comes after the last one.
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? []
    const [state = 'Z', parentPid = '0'] = fields
    return state === 'Z' ? [] : [{ key: `${pid}@${fields[19]}`, pid: Number(pid), parentPid: Number(parentPid), state }]
  })
}

function readStat(pid: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1')
  }
  catch {
    return null
  }
}

/** A process and all that it has started, directly or through others. */
export function processTree(pid: number): ProcessKey[] {
  const all = listProcesses()
  const below = (parentPid: number): Process[] => all.filter(process => process.parentPid === parentPid).flatMap(child => [child, ...below(child.pid)])
  return [...all.filter(process => process.pid === pid), ...below(pid)].map(({ key }) => key)
}

/** The PID in a key. */
const pidOf = (key: ProcessKey): number => Number(key.slice(0, key.indexOf('@')))

/** Which of these still run. */
export function stillRunning(keys: readonly ProcessKey[]): ProcessKey[] {
  return listProcesses().map(({ key }) => key).filter(key => keys.includes(key))
}

/** How many connections to the engine's socket a program holds open, in all of its processes. */
export const connectionsToEngine = (pid: number | undefined): number =>
  pid === undefined ? 0 : processTree(pid).reduce((count, key) => count + connectionsOf(pidOf(key)), 0)

/** By `ss`, whose last column is the inode at the other end. */
function connectionsOf(pid: number): number {
  const socket = basename(process.env['DOCKER_HOST'] ?? '/var/run/docker.sock')
  const engineEnds = execFileSync('ss', ['--no-header', '--unix', 'state', 'connected'], { encoding: 'utf8' })
    .split('\n').map(line => line.trim().split(/\s+/)).filter(columns => columns.some(column => basename(column) === socket))
  const ourEnds = new Set(engineEnds.map(columns => columns.at(-1)))
  return descriptorsOf(pid).filter((descriptor) => {
    const target = readLink(`/proc/${pid}/fd/${descriptor}`)
    return ourEnds.has(target.match(/^socket:\[(\d+)\]$/)?.[1])
  }).length
}

/** None for a process that has ended meanwhile. */
function descriptorsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`)
  }
  catch {
    return []
  }
}

function readLink(path: string): string {
  try {
    return readlinkSync(path)
  }
  catch {
    return ''
  }
}
