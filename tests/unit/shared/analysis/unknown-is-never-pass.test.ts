import { describe, expect, it } from 'vitest'
import { rules } from '../../../../shared/analysis/rules/index'
import type { Snapshot } from '../../../../shared/model/snapshot'
import { mutants } from '../missing-inputs'
import { nodeappSnapshot, stoppedSnapshot } from '../nodeapp-snapshot'
import { cases } from './cases'

/** Enough of a snapshot for the rules; what they never look at only costs time. */
const slim = (snapshot: Snapshot): Snapshot => ({
  ...snapshot,
  hostProcesses: [],
  files: { ...snapshot.files, rootHost: null, rootInside: null, sizeTree: null },
  network: { ...snapshot.network, inside: null, host: null },
  users: { ...snapshot.users, inside: null, host: null },
})

const snapshots: [string, Snapshot][] = [
  ['the plain container', nodeappSnapshot()],
  ['the stopped container', stoppedSnapshot()],
  ...Object.entries(cases).flatMap(([id, list]) => list.filter(({ status }) => status === 'fail' || status === 'unknown').map(({ title, snapshot }): [string, Snapshot] => [`${id}: ${title}`, snapshot])),
]

describe('a missing input', () => {
  it.each(snapshots)('never turns a finding into a pass: %s', (_, full) => {
    const snapshot = slim(full)
    const watched = rules.map(rule => ({ rule, before: rule.check(snapshot).status })).filter(({ before }) => before === 'fail' || before === 'unknown')
    let count = 0
    const rosier: string[] = []
    for (const [name, mutant] of mutants(snapshot)) {
      count += 1
      for (const { rule, before } of watched) {
        const after = rule.check(mutant).status
        if (after === 'pass' || after === 'not-applicable')
          rosier.push(`${rule.id}: ${before} became ${after} without ${name}`)
      }
    }
    expect(rosier).toEqual([])
    expect(count).toBeGreaterThan(50)
  })
})
