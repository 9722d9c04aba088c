import { nextTick } from 'vue'
import { expect, it } from 'vitest'
import FactHow from '../../../../renderer/components/FactHow.vue'
import { FROM_PROC, TAKEN_AT, UNKNOWN } from '../evidence'
import { mountInPage, named, readable } from '../mount-page'

it('answers "how do you know?" with source, time and a command', async () => {
  mountInPage(FactHow, { fact: 'the hostname', evidence: FROM_PROC, takenAt: TAKEN_AT })
  named('button', 'How do you know the hostname?')[0]?.click()
  await nextTick()
  expect(readable()).toBe('How do you know the hostname?SourceKernel (/proc) /proc/1234/ns/pidRead byroot, from this computer’s kernelRead at2026-11-24 12:30:05 UTC'
    + 'See it yourself, in a terminal on the engine\'s machine:readlink /proc/1234/ns/pid')
})

it('answers for both sides at once, and says which one is unknown', async () => {
  mountInPage(FactHow, { fact: 'the hostname', evidence: FROM_PROC, hostEvidence: UNKNOWN, takenAt: TAKEN_AT })
  named('button', 'How do you know the hostname?')[0]?.click()
  await nextTick()
  expect(readable()).toMatch(/InsideSourceKernel.*On the hostUnknown: Only root may read it\..*Would knowIsoscope run as root on the engine’s machine/)
})
