import { expect, it } from 'vitest'
import { capabilityRows } from '../../../../../renderer/views/security/capability-rows'
import { nodeappSnapshot } from '../../../shared/nodeapp-snapshot'

const none = { effective: [], permitted: [], bounding: [], inheritable: [], ambient: [] }

it('lists every capability that has a name, in the kernel\'s order', () => {
  const rows = capabilityRows(nodeappSnapshot(), none)
  expect(rows).toHaveLength(41)
  expect([rows[0]?.name, rows[40]?.name]).toEqual(['CHOWN', 'CHECKPOINT_RESTORE'])
})

it('tells each set apart, and marks defaults and what reaches the host', () => {
  const rows = capabilityRows(nodeappSnapshot(), { ...none, bounding: ['CHOWN', 'SYS_ADMIN'], effective: ['CHOWN'] })
  expect(rows.filter(({ isHeld }) => isHeld)).toEqual([
    { name: 'CHOWN', meaning: 'Give files to any user', isIn: { effective: true, permitted: false, bounding: true, inheritable: false, ambient: false }, isHeld: true, isDefault: true, danger: null },
    { name: 'SYS_ADMIN', meaning: 'Mount, make namespaces, and very much else', isIn: { effective: false, permitted: false, bounding: true, inheritable: false, ambient: false }, isHeld: true, isDefault: false, danger: 'critical' },
  ])
})

it('does not lose one that is newer than the list', () => {
  expect(capabilityRows(nodeappSnapshot(), { ...none, bounding: ['CAP_41'] }).at(-1)).toMatchObject({ name: 'CAP_41', isHeld: true })
})
