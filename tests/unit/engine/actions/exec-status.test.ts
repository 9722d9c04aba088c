import { expect, it } from 'vitest'
import { hadProcess, hasBegun, hasEnded, untilExec, within } from '../../../../engine/actions/exec-status'
import { engineThatAnswers } from '../../../support/scene'

// As Docker 20.10 and, without a Pid, an engine of API 1.24 tell it, one after the other.
const ASKED = { Running: false, ExitCode: null, Pid: 0 }
const STARTING = { Running: true, ExitCode: null, Pid: 0 }
const RUNS = { Running: true, ExitCode: null, Pid: 4242 }
const ENDED = { Running: false, ExitCode: 0, Pid: 4242 }
const NEVER = { Running: false, ExitCode: 126, Pid: 0 }

it.each([
  ['asked for', ASKED, [false, false, true]],
  ['starting, while its output may come already', STARTING, [false, false, true]],
  ['running', RUNS, [true, false, true]],
  ['ended', ENDED, [true, true, true]],
  ['not started', NEVER, [true, true, false]],
  ['running on an old engine', { Running: true, ExitCode: null }, [true, false, true]],
] as const)('tells one that is %s', (_what, status, told) => {
  expect([hasBegun(status), hasEnded(status), hadProcess(status)]).toEqual(told)
})

it('asks until it is so, or until it is over', async () => {
  const left = [ASKED, STARTING, RUNS, ENDED]
  let asked = 0
  const docker = { ...engineThatAnswers({}), inspectExec: async () => left[Math.min(asked++, left.length - 1)] ?? ENDED }
  expect(await untilExec(docker, 'x', hasBegun, within(5000))).toEqual(RUNS)
  expect(asked).toBe(3)
  expect(await untilExec(docker, 'x', () => false, () => true)).toEqual(ENDED)
})
