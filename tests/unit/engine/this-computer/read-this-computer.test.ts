import { readThisComputer } from '../../../../engine/this-computer/read-this-computer'
import { expect, it } from 'vitest'
import { ThisComputer } from '../../../../shared/model/this-computer'

const signal = (): AbortSignal => new AbortController().signal

it('costs a fact only its own part: without the programs of macOS there are no processes and no accounts, and the rest is there', async () => {
  // No Mac runs these tests: what its programs answer is missing, which is the failure to be seen here.
  const { facts, problems } = await readThisComputer('darwin', signal())
  expect(ThisComputer.parse(facts)).toEqual(facts)
  expect({ users: facts.users, because: facts.evidence.users.unknownBecause, command: facts.evidence.users.command })
    .toEqual({ users: null, because: expect.stringContaining('dscl'), command: 'dscl . -list /Users UniqueID' })
  expect(problems.map(({ code }) => code)).toEqual(['OWN_USERS_NOT_READ'])
  expect(facts.hostname).not.toBeNull()
  expect(facts.rootNames?.map(({ name }) => name)).toContain('etc')
})

it('says of a system that it does not know that it does not know it', async () => {
  const { facts, problems } = await readThisComputer('sunos', signal())
  expect([facts.processes, facts.processCount, facts.users, facts.interfaces, problems]).toEqual([null, null, null, null, []])
  expect(facts.evidence.processes.unknownBecause).toContain('sunos')
  expect(facts.rootNames).not.toBeNull()
})

it('ends when it is told to', async () => {
  await expect(readThisComputer('linux', AbortSignal.abort())).rejects.toThrow(/abort/i)
})
