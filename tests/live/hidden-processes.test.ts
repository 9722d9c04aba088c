import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Snapshot } from '../../shared/model/snapshot'
import { asNobody } from '../support/as-nobody'
import { removeAll, type StartedContainer } from '../support/containers'
import { tempFolder } from '../support/temp-folder'
import { start } from './start'
import { here, take, testService } from './take'

/** proc(5), hidepid: what others see of a process is nothing, or its name in the list and no file. */
const OPTIONS = ['invisible', 'noaccess', 'ptraceable'] as const
const mounted = new Map<string, string>()
let own: StartedContainer
let others: StartedContainer
let whole: Snapshot
beforeAll(async () => {
  own = await start({ name: 'hidden-own', flags: ['--user=65534:65534'] })
  others = await start({ name: 'hidden-others' })
  whole = await take(own.id)
  const folder = tempFolder()
  chmodSync(folder, 0o755)
  for (const option of OPTIONS) {
    const point = join(folder, option)
    mkdirSync(point)
    await here.run('mount', '-t', 'proc', '-o', `hidepid=${option}`, 'proc', point)
    mounted.set(option, point)
  }
})
afterAll(async () => {
  for (const point of mounted.values())
    await here.run('umount', point)
  await removeAll()
})

const verdictsOf = ({ namespaces }: Snapshot) => namespaces.map(({ type, verdict }) => `${type} ${verdict}`)
/** Nothing is said that would not be said by who sees everything. */
const untrue = (less: Snapshot, all: Snapshot): string[] => verdictsOf(less).filter(said => !verdictsOf(all).includes(said) && !said.endsWith('unknown'))

describe.each(OPTIONS)('an ordinary user with a /proc that has hidepid=%s', (option) => {
  const procRoot = (): string => mounted.get(option) ?? ''

  it('knows a container of its own, and that there are more processes than it sees', async () => {
    const snapshot = await asNobody(() => take(own.id, { procRoot: procRoot() }))
    expect(snapshot.processes.map(({ command, hostUid }) => [command, hostUid])).toEqual([['sleep', 65534]])
    expect(snapshot.hostProcesses.filter(({ uid }) => uid !== 65534)).toEqual([])
    expect(snapshot.processCounts).toEqual({ inside: null, host: null })
    const { evidence } = snapshot
    expect([evidence['processCounts.inside'], evidence['processCounts.host'], evidence.hostProcesses].map(({ unknownBecause }) => unknownBecause))
      .toEqual(Array.from({ length: 3 }, () => expect.stringMatching(/hides other users' processes|processes of .* could not be read/)))
    expect(snapshot.problems.map(({ code }) => code)).toContain('PROCESSES_PARTLY_UNREAD')
    expect([untrue(snapshot, whole), verdictsOf(snapshot).filter(said => said.endsWith('private'))]).toEqual([[], []])
  })

  it('does not take it for the engine\'s where it shows nothing of a container', async () => {
    const snapshot = await asNobody(() => take(others.id, { procRoot: procRoot() }))
    expect(untrue(snapshot, await take(others.id))).toEqual([])
    expect([snapshot.processCounts.host, snapshot.hostProcesses]).toEqual([null, []])
  })

  it('counts nothing from second to second either, and takes no usage for the container\'s that may not be its alone', async () => {
    const samples = await asNobody(async () => {
      const stream = testService({ procRoot: procRoot() }).handlers['live.watch']({ containerId: own.id, everyMs: 250 }, { signal: new AbortController().signal })[Symbol.asyncIterator]()
      await stream.next()
      const { value, done } = await stream.next()
      await stream.return?.()
      return done ? [] : value
    })
    expect(samples.map(({ inside, host, pids }) => ({ inside, host, pids }))).toEqual([{ inside: null, host: null, pids: null }])
  })
})

it('root sees all of it all the same', async () => {
  const snapshot = await take(own.id, { procRoot: mounted.get('invisible') ?? '' })
  expect([verdictsOf(snapshot), snapshot.processCounts.inside]).toEqual([verdictsOf(whole), 1])
  expect(snapshot.processCounts.host).toBeGreaterThan(2)
})

it('a /proc that is not mounted is nobody\'s kernel', async () => {
  const snapshot = await take(own.id, { procRoot: tempFolder() })
  expect([untrue(snapshot, whole), snapshot.processCounts.host]).toEqual([[], null])
})
