import { expect, it } from 'vitest'
import { type ControlRow, controlRows } from '../../../../../renderer/views/security/control-rows'
import type { Snapshot } from '../../../../../shared/model/snapshot'
import { nodeappSnapshot, stoppedSnapshot } from '../../../shared/nodeapp-snapshot'

const rowOf = (control: string, change: (draft: Snapshot) => void = () => {}): ControlRow | undefined =>
  controlRows(nodeappSnapshot(change)).find(row => row.control === control)

it('finds a default container to be what was declared', () => {
  expect(controlRows(nodeappSnapshot()).filter(({ agreement }) => agreement === 'differs')).toEqual([])
})

it('flags a capability that was dropped and is still within reach', () => {
  expect(rowOf('Capabilities within reach', (draft) => { draft.container.capabilitiesDropped = ['cap_net_raw'] })).toEqual({
    control: 'Capabilities within reach',
    declared: 'dropped NET_RAW',
    inForce: '14 in the bounding set',
    agreement: 'differs',
    note: 'Held, although Docker would not give it: NET_RAW.',
  })
})

it('flags an added capability that is within reach and not effective', () => {
  const row = rowOf('Added capabilities in use', (draft) => {
    draft.container.capabilitiesAdded = ['SYS_TIME']
    draft.security.capabilities?.bounding.push('SYS_TIME')
  })
  expect(row).toEqual({ control: 'Added capabilities in use', declared: 'SYS_TIME', inForce: 'none', agreement: 'differs', note: 'Added and not effective: SYS_TIME.' })
})

it('takes drop ALL with one given back for exactly that one', () => {
  const row = rowOf('Capabilities within reach', (draft) => {
    draft.container.capabilitiesDropped = ['ALL']
    draft.container.capabilitiesAdded = ['NET_BIND_SERVICE']
    draft.security.capabilities = { effective: ['NET_BIND_SERVICE'], permitted: ['NET_BIND_SERVICE'], inheritable: [], bounding: ['NET_BIND_SERVICE'], ambient: [] }
  })
  expect(row).toMatchObject({ declared: 'added NET_BIND_SERVICE; dropped ALL', agreement: 'same' })
})

it('flags a filter that was left to the default and is off', () => {
  expect(rowOf('System call filter (seccomp)', (draft) => { draft.security.seccomp = 'disabled' })).toMatchObject({ inForce: 'disabled', agreement: 'differs' })
})

it('expects no filter where none was wanted', () => {
  const row = rowOf('System call filter (seccomp)', (draft) => {
    draft.container.securityOptions = ['seccomp=unconfined']
    draft.security.seccomp = 'disabled'
  })
  expect(row).toMatchObject({ declared: 'unconfined', inForce: 'disabled', agreement: 'same' })
})

it('compares the user by number and by name', () => {
  const asked = (user: string): ControlRow | undefined => rowOf('User', (draft) => {
    draft.container.user = user
    draft.users.main = { uid: 1000, user: 'node', hostUid: 1000, hostUser: null }
  })
  expect([asked('1000:1000'), asked('node'), asked('')].map(row => row?.agreement)).toEqual(['same', 'same', 'differs'])
})

it('calls some masked paths that are not covered no difference, for the kernel may not have them', () => {
  const row = rowOf('Hidden kernel paths', (draft) => {
    draft.container.maskedPaths = ['/proc/kcore', '/proc/asound']
    draft.security.maskedPaths = ['/proc/kcore']
  })
  expect(row).toEqual({ control: 'Hidden kernel paths', declared: '2 paths', inForce: '1 path', agreement: 'apart', note: '1 path not covered: this kernel may not have it.' })
})

it('flags masked paths of which none is covered', () => {
  const row = rowOf('Hidden kernel paths', (draft) => {
    draft.container.maskedPaths = ['/proc/kcore']
    draft.security.maskedPaths = []
  })
  expect(row).toMatchObject({ inForce: '0 paths', agreement: 'differs' })
})

it('knows of a stopped container only what was declared', () => {
  expect([...new Set(controlRows(stoppedSnapshot()).map(({ agreement }) => agreement))]).toEqual(['apart', 'unknown'])
})
