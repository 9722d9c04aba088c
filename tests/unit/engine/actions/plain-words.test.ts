import { expect, it } from 'vitest'
import { inPlainWords, pausedInPlainWords } from '../../../../engine/actions/plain-words'
import { runInPlainWords } from '../../../../engine/actions/run-words'
import { HttpRefusal } from '../../../../engine/sources/http-request'
import { ProblemError } from '../../../../shared/model/problem'

/** As the engine's failure is made of its answer. */
const refused = (said: string): ProblemError =>
  new ProblemError({ code: 'ENGINE_REFUSED', what: `The engine at unix:///run answered 500: ${said}.`, fix: 'See the engine\'s log, and try again.' }, { cause: new HttpRefusal(500, said) })
const codeOf = (error: unknown): string | null => error instanceof ProblemError ? error.problem.code : null

const ID = '82d92002700a20ee4c19f6c9f4269fd536284243e94f70bddb99137f8b0818ca'

// The words of Podman 4.3.1 with runc 1.1.5.
it.each([
  ['an exec beside a paused container', `cannot create exec session as container ${ID} is paused`, 'CONTAINER_PAUSED'],
  ['the removal of a paused one', `cannot remove container ${ID} as it is paused - running or paused containers cannot be removed without force: container state improper`, 'CONTAINER_PAUSED'],
  ['the restart of a paused one', 'unable to restart a container in a paused or unknown state: container state improper', 'CONTAINER_PAUSED'],
  ['the removal of a running one', `cannot remove container ${ID} as it is running - running or paused containers cannot be removed without force: container state improper`, 'CONTAINER_RUNS'],
  ['a kill of one that has ended', `can only kill running containers. ${ID} is in state exited: container state improper`, 'CONTAINER_ENDED'],
  ['the removal of one that others joined', `container ${ID} has dependent containers which must be removed before it: ${ID}: container already exists`, 'CONTAINER_JOINED'],
  ['a pause without control groups', 'can not pause containers on rootless containers with cgroup V1: this container does not have a cgroup', 'ENGINE_WITHOUT_FREEZER'],
  // Rootless Docker 20.10 without control groups.
  ['a pause without control groups', `Cannot pause container ${ID}: OCI runtime pause failed: cannot toggle freezer: cgroups not configured for container: unknown`, 'ENGINE_WITHOUT_FREEZER'],
])('knows what an engine means by its refusal of %s', (_what, said, code) => {
  expect(codeOf(inPlainWords(refused(said), 'web'))).toBe(code)
})

it.each([
  ['start', `container ${ID} must be in Created or Stopped state to be started: container state improper`],
  ['stop', `container ${ID} is running or paused, refusing to clean up: container state improper`],
])('knows why Podman does not %s a paused container, where that is known to be paused', (_verb, said) => {
  expect([pausedInPlainWords, inPlainWords].map(inWords => codeOf(inWords(refused(said), 'web')))).toEqual(['CONTAINER_PAUSED', 'ENGINE_REFUSED'])
})

it.each([
  ['a program that is not there', 'runc: runc create failed: unable to start container process: exec: "nope": executable file not found in $PATH: OCI runtime attempted to invoke a command that was not found', 'PROGRAM_MISSING'],
  ['a program that is not where it was named', 'runc: runc create failed: unable to start container process: exec: "/nope": stat /nope: no such file or directory: OCI runtime attempted to invoke a command that was not found', 'PROGRAM_MISSING'],
  ['a runtime that is not there (Docker 20.10)', 'Unknown runtime specified no-runtime', 'RUNTIME_MISSING'],
  ['a network (rootless, without slirp4netns)', 'exec: "slirp4netns": executable file not found in $PATH', 'ENGINE_WITHOUT_NETWORK'],
  ['a network (rootless, the second time)', 'failed to mount runtime directory for rootless netns: no such file or directory', 'ENGINE_WITHOUT_NETWORK'],
  ['less memory than a container needs', 'runc: runc create failed: unable to start container process: error during container init: error setting cgroup config for procHooks process: unable to set memory limit to 1024 (current usage: 2785280, peak usage: 3002368): OCI runtime error', 'MEMORY_TOO_LITTLE'],
  ['the network of a paused container', `preparing container ${ID} for attach: some dependencies of container ${ID} are not started: ${ID}: container state improper`, 'JOINED_CONTAINER_CLOSED'],
  ['the host’s processes (rootless Docker 20.10)', 'failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting "proc" to rootfs at "/proc": mount proc:/proc (via /proc/self/fd/6), flags: 0xe: operation not permitted: unknown', 'HOST_PROCESSES_REFUSED'],
])('knows what an engine means that cannot run %s', (_what, said, code) => {
  expect(codeOf(runInPlainWords(refused(said), 'web'))).toBe(code)
})
