import { expect, it } from 'vitest'
import { readSample } from '../../../../renderer/client/open-recording'
import { createSavedSnapshotClient } from '../../../../renderer/client/saved-snapshot'
import { DEFAULT_PREFERENCES } from '../../../../shared/model/preferences'
import { ProblemError } from '../../../../shared/model/problem'

const snapshot = await readSample()
const client = createSavedSnapshotClient(snapshot)
const containerId = snapshot.container.id

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items)
    list.push(item)
  return list
}
const codeOf = (error: unknown): string => error instanceof ProblemError ? error.problem.code : String(error)

it('says that it is a recording, with no ability that needs an engine', async () => {
  expect(await client.call('host.describe', {})).toEqual({ host: 'recording', version: snapshot.isoscopeVersion, abilities: [], shortcuts: [] })
})

it('keeps no preferences, and says so', async () => {
  const asked = [client.call('preferences.read', {}), client.call('preferences.write', DEFAULT_PREFERENCES)]
  expect(await Promise.all(asked.map(asking => asking.catch(codeOf)))).toEqual(['PREFERENCES_NOT_KEPT', 'PREFERENCES_NOT_KEPT'])
})

it('lists its one container, as it was then, and the list ends', async () => {
  expect(await all(client.stream('containers.watch', {}))).toEqual([{ at: snapshot.takenAt, containers: [snapshot.container], problem: null }])
})

it('gives the recorded snapshot, and no other container', async () => {
  expect(await client.call('snapshot.take', { containerId })).toBe(snapshot)
  await expect(client.call('snapshot.take', { containerId: 'f'.repeat(64) }).catch(codeOf)).resolves.toBe('CONTAINER_NOT_RECORDED')
})

it('has one live sample: the recorded instant', async () => {
  expect(await all(client.stream('live.watch', { containerId, everyMs: 1000 }))).toEqual([[{
    at: snapshot.takenAt,
    ...snapshot.processCounts,
    cpuSeconds: snapshot.cgroup.cpu.usageSeconds,
    memoryBytes: snapshot.cgroup.memory.usageBytes,
    pids: snapshot.cgroup.pids.current,
    readAtSeconds: null,
  }]])
})

it('has nothing of what the container wrote', async () => {
  await expect(all(client.stream('logs.watch', { containerId, tail: 10 })).catch(codeOf)).resolves.toBe('LOGS_NOT_RECORDED')
})

it('knows the root folder only', async () => {
  expect(await client.call('files.list', { containerId, names: [] })).toEqual({ path: '/', entries: snapshot.files.rootInside, omittedCount: 0 })
  await expect(client.call('files.list', { containerId, names: ['etc'] }).catch(codeOf)).resolves.toBe('FOLDER_NOT_RECORDED')
})

it('writes a report that opens again as the same snapshot', async () => {
  const report = await client.call('report.export', { snapshotId: snapshot.id, format: 'json', redact: false })
  const text = report.outcome === 'download' ? new TextDecoder().decode(Uint8Array.from(atob(report.base64), byte => byte.charCodeAt(0))) : ''
  expect(JSON.parse(text)).toEqual(snapshot)
})

it('cannot print, and says what can be done instead', async () => {
  await expect(client.call('report.export', { snapshotId: snapshot.id, format: 'pdf', redact: false }).catch(codeOf)).resolves.toBe('PDF_UNAVAILABLE')
})
