import { ProblemError } from '../../shared/model/problem'
import { HttpRefusal } from '../sources/http-request'
import { inPlainWords, type Known, knownWords } from './plain-words'

/** What can be missing or taken when a container is made and started; moby's words, and Podman's where they differ. */
const KNOWN: readonly Known[] = [
  { words: /container name "[^"]*" is already in use|name "[^"]*" is in use/i, code: 'NAME_IN_USE', what: name => `Another container is called ${name} already.`, fix: 'Choose another name, or remove that container first.' },
  { words: /no such image|image not known|pull access denied|unable to find image/i, code: 'IMAGE_MISSING', what: () => 'The engine does not have that image.', fix: 'Pull or build it first, or choose one that is there.' },
  { words: /network \S+ not found|unable to find network|network not found/i, code: 'NETWORK_MISSING', what: () => 'The engine has no such network.', fix: 'Choose one that is there (`docker network ls`), or make it first: docker network create NAME.' },
  { words: /bind source path does not exist|statfs .*: no such file or directory/, code: 'MOUNT_SOURCE_MISSING', what: name => `${name} cannot have its mount: that path is not there on the engine’s machine.`, fix: 'Make the folder there first, or name another path.' },
  { words: /unknown(?: or invalid)? runtime|runtime "?[^"\s]+"? (?:not found|is not)|no such runtime/i, code: 'RUNTIME_MISSING', what: () => 'The engine has no such runtime.', fix: 'Choose one that `docker info` lists, or leave it out.' },
  { words: /unable to find (?:user|group) /, code: 'USER_MISSING', what: () => 'The image has no user or group of that name.', fix: 'Name one that its /etc/passwd has, or give a number: 1000:1000.' },
  { words: /no such container/i, code: 'JOINED_CONTAINER_MISSING', what: name => `${name} is to join another container, which is not there.`, fix: 'Name one that runs: `docker ps` lists them.' },
  { words: /(?:join|container).*non.?running container|is not running, cannot join|non-shareable IPC/i, code: 'JOINED_CONTAINER_CLOSED', what: name => `${name} cannot join the other container: it does not run, or shares nothing.`, fix: 'Start the other one first; for --ipc run it with --ipc=shareable.' },
  // Podman's.
  { words: /some dependencies of container \S+ are not started/, code: 'JOINED_CONTAINER_CLOSED', what: name => `${name} cannot join the other container, which is paused or does not run.`, fix: 'Unpause or start the other one first.' },
  { words: /exec: "[^"]*": permission denied/, code: 'PROGRAM_NOT_EXECUTABLE', what: name => `${name} cannot start: its program may not be executed.`, fix: 'Run it with another command, or make the file executable in the image.' },
  // The second is runc's, where the engine has no minimum.
  { words: /Minimum memory limit allowed is|unable to set memory limit to \d+ \(current usage/i, code: 'MEMORY_TOO_LITTLE', what: name => `${name} cannot have so little memory.`, fix: 'Give it more: 6m is the least that docker takes.' },
  { words: /unable to apply caps: operation not permitted/, code: 'ENGINE_WITHOUT_RIGHTS', what: name => `${name} cannot start: the engine itself has not all the rights that it is to have.`, fix: 'Run it without --privileged and without added capabilities, or on an engine that has them all.' },
  // In the user namespace of a rootless engine nobody may mount the procfs of the host's PID namespace (proc(5)).
  { words: /error mounting "proc" to rootfs.*operation not permitted/, code: 'HOST_PROCESSES_REFUSED', what: name => `${name} cannot start: its engine may not give it a /proc of its PID namespace, as a rootless one may not of the host’s.`, fix: 'Run it without --pid host, or on an engine that runs as root.' },
  { words: /user namespaces are enabled|incompatible with user namespaces/, code: 'USERS_ARE_MAPPED', what: name => `${name} cannot have that: the engine maps its users (userns-remap).`, fix: 'Run it with --userns=host as well.' },
]

/**
 * A refusal to make or start a container in words of the person's own task; the engine's own stand behind them. A 404 is then about what the
 * container was to have, not about the container. `name` is empty where none was asked for. What is not known is left as it is.
 */
export function runInPlainWords(error: unknown, name: string): unknown {
  if (!(error instanceof ProblemError) || !(error.cause instanceof HttpRefusal))
    return error
  const said = `The engine said: ${error.cause.message.replace(/\.?$/, '.')}`
  const called = name === '' ? 'The container' : name
  return knownWords(KNOWN, said, called, error)
    ?? inPlainWords(error.problem.code === 'CONTAINER_GONE' ? new ProblemError({ code: 'ENGINE_REFUSED', what: said, fix: 'See that everything which the container is to have is there.' }, { cause: error }) : error, called)
}
