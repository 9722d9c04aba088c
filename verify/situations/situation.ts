/** What not every engine can do, and a situation needs. Without `network` a container has none, unless it joins one. */
export const NEEDS = [
  'network', 'bridge', 'limits', 'privileged', 'host-pid', 'userns-host', 'pause', 'host-cgroup', 'devices', 'host-network', 'host-ipc', 'domain-name', 'ulimit', 'init', 'restart',
] as const
export type Need = typeof NEEDS[number]

/** What is done to a container that runs. `{id}` and `{pid}` stand for the container's id and its first process's PID on the engine's machine. */
export type Deed =
  /** The docker command: `exec --detach {id} …`, `pause {id}`. */
  | { readonly docker: readonly string[] }
  /** A program of the engine's machine that runs on until the situation is removed: `nsenter --target={pid} …`. */
  | { readonly guest: readonly string[] }
  /** A script for the shell of the engine's machine; it ends by itself. */
  | { readonly script: string }

/** One way for a container to be, as a person makes it with `docker run`. */
export interface Situation {
  /** Its container is called `isoscope-test-verify-<name>`. */
  readonly name: string
  /** Of `docker run`, beside `--detach` and `--name`. `{other}` is the container of the situation that `beside` names. */
  readonly flags: readonly string[]
  /** What it runs; a process that sleeps, if not given. */
  readonly command?: readonly string[]
  /** `static` holds one program and no shell. */
  readonly image?: 'busybox' | 'static'
  /** How many processes its keeper has when it stands; 1 if not given, null when it does not run or that number is not its own. */
  readonly processes?: number | null
  readonly needs?: readonly Need[]
  readonly beside?: string
  readonly then?: readonly Deed[]
  /** `created`: it is made and not started. */
  readonly isOnlyCreated?: boolean
}
