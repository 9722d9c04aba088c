import { expect, it } from 'vitest'
import type { Snapshot } from '../../../../../shared/model/snapshot'
import { nodeappSnapshot } from '../../../shared/nodeapp-snapshot'
import { averageCpus, limitText, percentText } from '../../../../../renderer/views/resources/resource-words'

it('keeps no limit, a limit and an unknown one apart', () => {
  expect((['unlimited', 2, null] as const).map(limit => limitText(limit, String))).toEqual(['none', '2', null])
})

const average = (usageSeconds: number | null, startedAt: string | null, change: (draft: Snapshot) => void = () => {}): number | null => averageCpus(nodeappSnapshot((draft) => {
  draft.takenAt = '2026-01-01T00:01:00.000Z'
  draft.cgroup.cpu.usageSeconds = usageSeconds
  for (const row of draft.processes.filter(({ hostPid }) => hostPid === draft.container.hostPid))
    row.startedAt = startedAt
  change(draft)
}))

it('spreads the processor time over the time since the start', () => {
  expect(average(30, '2026-01-01T00:00:00.000Z')).toBe(0.5)
})

it('takes the start from the kernel: the engine tells it by a clock that may have been set since', () => {
  expect(average(30, '2026-01-01T00:00:00.000Z', (draft) => { draft.container.startedAt = '1970-01-01T00:00:17.000Z' })).toBe(0.5)
})

it('knows no average without a start, a count, a process or any time between', () => {
  expect([
    average(30, null),
    average(null, '2026-01-01T00:00:00.000Z'),
    average(30, '2026-01-01T00:00:00.000Z', (draft) => { draft.container.hostPid = null }),
    average(30, '2026-01-01T00:00:00.000Z', (draft) => { draft.processes = [] }),
    average(30, '2026-01-01T00:01:00.000Z'),
  ]).toEqual([null, null, null, null, null])
})

it('never rounds a part down to nothing', () => {
  expect([percentText(0, 8), percentText(1, 100_000), percentText(1, 3)]).toEqual(['0 %', '< 0.1 %', '33.3 %'])
})
