import { expect, it } from 'vitest'
import StatPair from '../../../../renderer/components/StatPair.vue'
import { FROM_PROC, TAKEN_AT, UNKNOWN } from '../evidence'
import { mountInPage, readable } from '../mount-page'

const pair = { what: 'processes', hostHeading: 'Host · virtual machine', insideEvidence: FROM_PROC, hostEvidence: UNKNOWN, takenAt: TAKEN_AT }

it('sets two numbers beside each other', () => {
  mountInPage(StatPair, { ...pair, inside: 5, host: 12_685 })
  expect(readable()).toBe('Inside5Host · virtual machine12 685')
})

it('never shows a zero for what is unknown', () => {
  mountInPage(StatPair, { ...pair, inside: 5, host: null })
  expect(readable()).toBe('Inside5Host · virtual machineunknown')
})

it('says where there may be more', () => {
  mountInPage(StatPair, { ...pair, inside: 5, isInsideAtLeast: true, host: 12_685 })
  expect(readable()).toBe('Insideat least 5Host · virtual machine12 685')
})

it('has a third number where this computer is not the host, known or not', () => {
  mountInPage(StatPair, { ...pair, inside: 5, host: 12_685, own: { count: 431, evidence: FROM_PROC } })
  expect(readable()).toBe('Inside5Host · virtual machine12 685This computer431')
  mountInPage(StatPair, { ...pair, inside: 5, host: 12_685, own: { count: null, evidence: UNKNOWN } })
  expect(readable()).toBe('Inside5Host · virtual machine12 685This computerunknown')
})
