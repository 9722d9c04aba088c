import { ProblemError } from '../../shared/model/problem'

/** What the engine's own words are known to mean. */
export interface Known {
  readonly words: RegExp
  readonly code: string
  readonly what: (name: string) => string
  readonly fix: string
}

const PAUSED: Omit<Known, 'words'> = { code: 'CONTAINER_PAUSED', what: name => `${name} is paused.`, fix: 'Unpause it first.' }

/** By the engine's own words (moby and libnetwork; Podman's where they differ), with what a person can do about it. */
const KNOWN: readonly Known[] = [
  { words: /port is already allocated|address already in use/, code: 'PORT_IN_USE', what: name => `${name} cannot have its port: something else has it already.`, fix: 'End what listens there (`docker ps`, `ss -ltnp`), or run the container with another port.' },
  { words: /no space left on device/, code: 'ENGINE_WITHOUT_SPACE', what: () => 'The engine has no space left.', fix: 'Make room on its disk: `docker system df` says what takes it.' },
  // From the fourth on Podman's, which neither stops nor restarts what is paused.
  { words: /(?:start|remove) a paused container|is already paused|unpause the container before exec|exec session as container \S+ is paused|as it is paused|restart a container in a paused/, ...PAUSED },
  { words: /is restarting, wait/, code: 'CONTAINER_RESTARTS', what: name => `${name} is being restarted.`, fix: 'Wait until it runs, then try again.' },
  // From the second on Podman's.
  { words: /is not running|can only create exec sessions on running containers|can only kill running containers/, code: 'CONTAINER_ENDED', what: name => `${name} does not run.`, fix: 'Start it first.' },
  { words: /is not paused/, code: 'CONTAINER_NOT_PAUSED', what: name => `${name} is not paused.`, fix: 'Nothing has to be done: its processes are not frozen.' },
  { words: /unable to find (?:user|group) |no matching entries in (?:passwd|group) file/, code: 'USER_MISSING', what: name => `${name} has no such user or group.`, fix: 'Choose one of its /etc/passwd and /etc/group, or a number, which needs no entry there.' },
  { words: /chdir to cwd \(.*no such file or directory/, code: 'FOLDER_MISSING', what: name => `${name} has no such folder to work in.`, fix: 'Choose a folder that is there; the page Files lists them.' },
  { words: /cannot be started: .*(?:executable file|stat) .*(?:not found|no such file or directory)/, code: 'SHELL_MISSING', what: name => `${name} has no such program.`, fix: 'Choose another shell; the page Files shows which programs are there.' },
  // A rootless Podman's, which has its networks made by such a program, and in a network namespace of its own; it is no program of an image.
  { words: /exec: "(?:slirp4netns|pasta)": executable file not found|rootless netns/, code: 'ENGINE_WITHOUT_NETWORK', what: name => `${name} cannot start: its engine cannot make its network.`, fix: 'See that slirp4netns or pasta is on the engine’s machine, or run the container with --network none or --network host.' },
  { words: /executable file \S* ?not found|exec: "[^"]*": stat \S+: no such file or directory/, code: 'PROGRAM_MISSING', what: name => `${name} cannot start: its image has no such program.`, fix: 'Run it with a command that its image has.' },
  { words: /cannot remove a running container|container is running|as it is running/, code: 'CONTAINER_RUNS', what: name => `${name} runs, and is not removed while it does.`, fix: 'Stop it first.' },
  // Podman's.
  { words: /has dependent containers which must be removed before it/, code: 'CONTAINER_JOINED', what: name => `${name} is not removed while there are containers that joined it.`, fix: 'Remove those first: the engine names them.' },
  { words: /cannot toggle freezer|pause containers on rootless/, code: 'ENGINE_WITHOUT_FREEZER', what: name => `${name} cannot be paused: its engine may not make control groups, which freeze processes.`, fix: 'Stop it, or run it on an engine that may: one of root, or a rootless one with control groups of version 2 (systemd).' },
  { words: /removal of container .* is already in progress/, code: 'CONTAINER_GOING', what: name => `${name} is being removed already.`, fix: 'Wait until it is gone.' },
]

/** A refusal in words of the person's own task; the engine's own stand behind them. What is not known is left as it is. */
export function inPlainWords(error: unknown, containerName: string): unknown {
  if (!(error instanceof ProblemError) || error.problem.code !== 'ENGINE_REFUSED')
    return error
  const { what: said } = error.problem
  return knownWords(KNOWN, said, containerName, error) ?? error
}

/** The same for a container that is known to be paused: what Podman neither starts nor stops then it says in words that leave that open. */
export function pausedInPlainWords(error: unknown, containerName: string): unknown {
  const plain = inPlainWords(error, containerName)
  return plain instanceof ProblemError && plain === error && /must be in Created or Stopped state to be started|is running or paused, refusing to clean up/.test(plain.problem.what)
    ? new ProblemError({ code: PAUSED.code, what: `${PAUSED.what(containerName)} ${plain.problem.what}`, fix: PAUSED.fix }, { cause: error })
    : plain
}

/** The first that is meant by what the engine said; null where none is. */
export function knownWords(table: readonly Known[], said: string, containerName: string, cause: unknown): ProblemError | null {
  const known = table.find(({ words }) => words.test(said))
  return known === undefined ? null : new ProblemError({ code: known.code, what: `${known.what(containerName)} ${said}`, fix: known.fix }, { cause })
}
