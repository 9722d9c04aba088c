import { describe, expect, it } from 'vitest'
import { demandOf } from '../../../verify/known-by'
import { type Claim, type Demand, openLedger } from '../../../verify/ledger'

/** What becomes of a claim that an oracle answers with 1. */
async function outcomeOf(claim: Partial<Claim<number, number>>, demand: Demand = 'known'): Promise<string> {
  const { compare, entries } = openLedger('app', () => demand)
  await compare<number>({ fact: 'number', seen: 1, unknownBecause: null, expected: () => 1, command: 'echo 1', ...claim })
  return entries.map(({ outcome }) => outcome).join()
}

const unknown = { seen: null, unknownBecause: 'no permission to read it' }

describe('a fact', () => {
  it('is the same, or it is different', async () => {
    expect(await outcomeOf({})).toBe('same')
    expect(await outcomeOf({ seen: 2 })).toBe('different')
    expect(await outcomeOf({ seen: 2 }, { orUnknownBecause: /./ })).toBe('different')
  })

  it('is different when it has to be known and is not', async () => {
    expect(await outcomeOf(unknown)).toBe('different')
  })

  it('may be unknown for a reason that fits, and for no other', async () => {
    expect(await outcomeOf(unknown, { orUnknownBecause: /permission/ })).toBe('unknown')
    expect(await outcomeOf(unknown, { orUnknownBecause: /another kernel/ })).toBe('different')
  })

  it('may not be unknown without a reason', async () => {
    expect(await outcomeOf({ seen: null }, { orUnknownBecause: /./ })).toBe('different')
  })

  it('may be unknown when the oracles saw too that it changed meanwhile', async () => {
    expect(await outcomeOf({ ...unknown, isMoving: true })).toBe('unknown')
  })

  it('is not compared when the oracle cannot be asked', async () => {
    expect(await outcomeOf({ expected: () => Promise.reject(new Error('ps: not found')) })).toBe('not-compared')
  })
})

describe('what a step of the ladder has to know', () => {
  it('is everything, for root and the helper, but for what has no place on the host', () => {
    for (const step of ['root', 'helper'] as const) {
      expect(['processes.list', 'namespaces.pid.verdict', 'security.capabilities', 'users.inside', 'network.host.listening'].map(fact => demandOf(step, fact))).toEqual(Array.from({ length: 5 }, () => 'known'))
      expect(demandOf(step, 'workingDirectory.onHost')).not.toBe('known')
    }
  })

  it('is what the kernel shows to everyone, for an ordinary user', () => {
    expect(['hostProcesses.list', 'cgroup.memory.limitBytes', 'security.capabilities', 'users.uidMap', 'namespaces.pid.host'].map(fact => demandOf('user', fact))).toEqual(Array.from({ length: 5 }, () => 'known'))
    expect(demandOf('user', 'namespaces.pid.container')).not.toBe('known')
  })

  it('is what the engine tells, for its API alone', () => {
    expect(['files.changes', 'hostname.inside', 'cgroup.pids.limit'].map(fact => demandOf('engine-api', fact))).toEqual(Array.from({ length: 3 }, () => 'known'))
    expect(demandOf('engine-api', 'network.inside.interfaces')).not.toBe('known')
  })

  it('is its processes and their namespaces too, unless it is Podman or keeps its containers in no control group', () => {
    for (const fact of ['processes.list', 'namespaces.pid.container']) {
      const demand = demandOf('engine-api', fact)
      const isAllowed = (because: string): boolean => demand !== 'known' && demand.orUnknownBecause.test(because)
      expect([isAllowed('Podman does not tell the namespaces of a process'), isAllowed('unable to get all container pids'), isAllowed('the engine runs on another kernel')]).toEqual([true, true, false])
    }
  })

  it('is not the same for a fact whose name only begins alike', () => {
    expect(demandOf('engine-api', 'users')).not.toBe('known')
    expect(demandOf('engine-api', 'usersOfAnother')).toBe('known')
  })
})
