import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Snapshot } from '../../shared/model/snapshot'
import type { ThisComputer } from '../../shared/model/this-computer'
import { darwin } from '../../engine/this-computer/darwin'
import { removeAll } from '../support/containers'
import { thisMachine } from '../../verify/machine'
import { linesOf } from '../../verify/oracles/run'
import { start } from './start'
import { take } from './take'

const computer = thisMachine(null)

/**
 * A worker of the kernel is called after what it works at just now (kernel/workqueue.c, wq_worker_comm). For what is not plain in a name
 * ps writes `?` or `.`, and we an escape: other tests make such names meanwhile.
 */
const plain = (line: string): string => line.trim().replace(/\s+/g, ' ').replace(/(kworker\/[^-+]+)[-+].*$/, '$1').replace(/(\\(?:x..|u....|.)|[^\w :/()-])/g, '?').replace(/\?+/g, '?')

/** `ps` itself and what else comes and goes is in one of two lists only. */
const ownProcesses = async (): Promise<Set<string>> => new Set((await linesOf(computer, 'ps', '-eo', 'pid=,ppid=,user:32=,comm=')).map(plain))

/** Interfaces, and each with each of its addresses. Other engines on this machine make and remove some. */
async function ownNetwork(): Promise<Set<string>> {
  const links = (await linesOf(computer, 'ip', '-oneline', 'link')).map(line => line.split(/[:@]\s*/)[1] ?? '')
  const addresses = (await linesOf(computer, 'ip', '-oneline', 'address')).map(line => line.trim().split(/\s+/))
  return new Set([...links, ...addresses.map(([, name, , address]) => `${name} ${address}`)])
}

let here: Snapshot
let snapshot: Snapshot
let own: ThisComputer
let before: Set<string>
let after: Set<string>
let networkBefore: Set<string>
let networkAfter: Set<string>
beforeAll(async () => {
  const { id } = await start({ name: 'this-computer' })
  here = await take(id)
  before = await ownProcesses()
  networkBefore = await ownNetwork()
  // As if the engine were on another kernel: there is no /proc in which its PIDs mean anything.
  snapshot = await take(id, { procRoot: '/nonexistent' })
  networkAfter = await ownNetwork()
  after = await ownProcesses()
  if (snapshot.thisComputer === null)
    throw new Error('there is no third place')
  own = snapshot.thisComputer
})
afterAll(removeAll)

it('is a place of its own only where the engine\'s kernel is not proved to be this computer\'s', () => {
  expect([here.thisComputer, snapshot.host.where]).toEqual([null, 'engine-machine'])
})

it('has the processes that ps lists', () => {
  const found = new Set(own.processes?.map(({ pid, ppid, user, command }) => plain(`${pid} ${ppid} ${user} ${command}`)))
  const stayed = [...before].filter(line => after.has(line))
  expect(stayed.length).toBeGreaterThan(5)
  expect(stayed.filter(line => !found.has(line))).toEqual([])
  expect(own.processCount).toBe(own.processes?.length)
})

it('bears the name that uname says, and runs the system that os-release names', async () => {
  const name = (await computer.run('sh', '-c', '. /etc/os-release && printf %s "$PRETTY_NAME"'))
  expect([own.hostname, own.kernelVersion, own.operatingSystem]).toEqual([(await computer.run('uname', '-n')).trim(), (await computer.run('uname', '-r')).trim(), name])
})

it('has the accounts that getent lists from the files', async () => {
  const lines = await linesOf(computer, 'getent', '--service', 'files', 'passwd')
  expect(own.users?.map(({ name, uid }) => `${name} ${uid}`)).toEqual(lines.map(line => `${line.split(':')[0]} ${line.split(':')[2]}`))
})

it('has the interfaces that ip lists, with their addresses', () => {
  const found = new Set(own.interfaces?.flatMap(({ name, addresses }) => [name, ...addresses.map(address => `${name} ${address}`)]))
  const stayed = [...networkBefore].filter(line => networkAfter.has(line))
  expect(stayed.length).toBeGreaterThan(2)
  expect(stayed.filter(line => !found.has(line))).toEqual([])
  expect([...found].filter(line => !networkBefore.has(line) && !networkAfter.has(line))).toEqual([])
})

it('has the names that ls lists in its own root', async () => {
  expect(own.rootNames?.map(({ name }) => name)).toEqual((await computer.run('env', 'LC_ALL=C', 'ls', '-A', '/')).trimEnd().split('\n'))
})

it('lists the same processes the way that macOS is asked, whose ps takes the same options, and not the ps that lists them', async () => {
  const { value } = await darwin.processes.ask(new AbortController().signal)
  const found = new Set(value.map(({ pid, ppid, command }) => plain(`${pid} ${ppid} ${command}`)))
  const now = await ownProcesses()
  // Without the third word: procps cuts a long user's name where macOS makes room for it.
  const stayed = [...before].filter(line => now.has(line)).map(line => line.replace(/^(\d+ \d+) \S+/, '$1'))
  expect(stayed.filter(line => !found.has(line))).toEqual([])
  expect(value.filter(({ ppid, command }) => ppid === process.pid && command === 'ps')).toEqual([])
})
