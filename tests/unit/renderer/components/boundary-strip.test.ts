import { nextTick } from 'vue'
import { expect, it } from 'vitest'
import BoundaryStrip from '../../../../renderer/components/BoundaryStrip.vue'
import type { Namespace } from '../../../../shared/model/namespace'
import { FROM_PROC, TAKEN_AT, UNKNOWN } from '../evidence'
import { mountInPage, named, readable } from '../mount-page'

const namespace = (type: Namespace['type'], facts: Partial<Namespace>): Namespace =>
  ({ type, container: 1, host: 2, verdict: 'private', sharedWith: [], source: FROM_PROC, hostSource: FROM_PROC, ...facts })

const namespaces = [
  namespace('user', { verdict: 'host' }),
  namespace('pid', { container: 4026532577, host: 4026531836 }),
  namespace('net', { verdict: 'shared', sharedWith: [{ id: 'a', name: 'db' }, { id: 'b', name: 'web' }] }),
  namespace('ipc', { verdict: 'unknown', container: null, source: UNKNOWN }),
]

it('draws all eight walls in fixed order, and says unknown for what the snapshot does not hold', () => {
  mountInPage(BoundaryStrip, { namespaces, takenAt: TAKEN_AT })
  expect(named('button', /namespace/).map(button => button.getAttribute('aria-label'))).toEqual([
    'Mount namespace: unknown',
    'PID namespace: private',
    'Network namespace: shared with db and 1 more',
    'IPC namespace: unknown',
    'UTS namespace: unknown',
    'User namespace: host',
    'Cgroup namespace: unknown',
    'Time namespace: unknown',
  ])
})

it('opens the evidence of one wall: both identities, the source and the command', async () => {
  mountInPage(BoundaryStrip, { namespaces, takenAt: TAKEN_AT })
  named('button', /^PID/)[0]?.click()
  await nextTick()
  expect(readable()).toContain('Inside4026532577Host4026531836')
  expect(readable()).toContain('/proc/1234/ns/pid')
  expect(named('button', 'Copy: readlink /proc/1234/ns/pid')).toHaveLength(1)
})

it('says why a wall is unknown', async () => {
  mountInPage(BoundaryStrip, { namespaces, takenAt: TAKEN_AT })
  named('button', /^IPC/)[0]?.click()
  await nextTick()
  expect(readable()).toContain('Unknown: Only root may read it.')
})
