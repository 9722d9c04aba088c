import { expect, it } from 'vitest'
import { hadProcess, hasBegun, hasEnded, untilExec, within } from '../../../../engine/actions/exec-status'
import type { RawExec } from '../../../../engine/sources/docker'
import { engineThatAnswers } from '../../../support/scene'

// As Docker 20.10 and, without a Pid, an engine of API 1.24 tell it, one after the other.
const ASKED = { Running: false, ExitCode: null, Pid: 0 }
const STARTING = { Running: true, ExitCode: null, Pid: 0 }
const RUNS = { Running: true, ExitCode: null, Pid: 4242 }
const ENDED = { Running: false, ExitCode: 0, Pid: 4242 }
const NEVER = { Running: false, ExitCode: 126, Pid: 0 }

// As Podman 4.3 tells it, and what it wrote.
const ENDED_ON_PODMAN = { Running: false, ExitCode: 127 }
const NOT_FOUND = 'Error: runc: exec failed: unable to start container process: exec: "nope": executable file not found in $PATH: OCI runtime attempted to invoke a command that was not found\nError: read unixpacket @->/proc/self/fd/13/attach: read: connection reset by peer\n'

it.each<[what: string, status: RawExec, told: readonly [hasBegun: boolean, hasEnded: boolean, hadProcess: boolean], said?: string]>([
  ['asked for', ASKED, [false, false, true]],
  ['starting, while its output may come already', STARTING, [false, false, true]],
  ['running', RUNS, [true, false, true]],
  ['ended', ENDED, [true, true, true]],
  ['not started', NEVER, [true, true, false]],
  ['running on an old engine', { Running: true, ExitCode: null }, [true, false, true]],
  ['ended on Podman, with the same exit code and other words', ENDED_ON_PODMAN, [true, true, true], 'sh: nope: not found\n'],
  ['ended on Podman, with such words of its own', { ...ENDED_ON_PODMAN, ExitCode: 1 }, [true, true, true], NOT_FOUND],
  ['not started by Podman', ENDED_ON_PODMAN, [true, true, false], NOT_FOUND],
  ['not started by Podman, in a terminal', { ...ENDED_ON_PODMAN, ExitCode: 126 }, [true, true, false], 'Error: runc: exec failed: unable to start container process: exec: "/etc": permission denied: OCI permission denied\r\n'],
])('tells one that is %s', (_what, status, told, said = '') => {
  expect([hasBegun(status), hasEnded(status), hadProcess(status, said)]).toEqual(told)
})

it('asks until it is so, or until it is over', async () => {
  const left = [ASKED, STARTING, RUNS, ENDED]
  let asked = 0
  const docker = { ...engineThatAnswers({}), inspectExec: async () => left[Math.min(asked++, left.length - 1)] ?? ENDED }
  expect(await untilExec(docker, 'x', hasBegun, within(5000))).toEqual(RUNS)
  expect(asked).toBe(3)
  expect(await untilExec(docker, 'x', () => false, () => true)).toEqual(ENDED)
})
