import { expect, it } from 'vitest'
import { insideOutsideFacts } from '../../../../../renderer/views/overview/inside-outside-facts'
import type { Snapshot } from '../../../../../shared/model/snapshot'
import { nodeappSnapshot } from '../../../shared/nodeapp-snapshot'

const limits = (change: (draft: Snapshot) => void): unknown =>
  insideOutsideFacts(nodeappSnapshot(change)).slice(-2).map(({ label, inside }) => [label, inside])
const limited = (draft: Snapshot): void => { Object.assign(draft.cgroup.memory, { limitBytes: 268_435_456 }) }

it('has the limits that are in force', () => {
  expect(limits(limited)).toEqual([['Memory', 'at most 256.0 MiB'], ['Processors', 'no limit']])
})

it('says that limits are only those declared where the control group could not be read', () => {
  expect(limits((draft) => { limited(draft); draft.evidence.cgroup.source = 'none' }))
    .toEqual([['Memory, as declared', 'at most 256.0 MiB'], ['Processors, as declared', 'no limit']])
})
