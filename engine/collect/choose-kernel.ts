import { type Problem, ProblemError } from '../../shared/model/problem'
import type { ProcSource } from '../sources/proc-source'
import { proveKernel, type Witnesses } from './kernel-view'
import { readNamespaces } from './scan-host'
import type { KernelView } from './scene'

/** Who may be asked for files of the engine's kernel. */
export interface KernelSources {
  /** This computer's own procfs. */
  readonly local: ProcSource
  /** That of the helper container, which is started when it is needed; null: the person did not allow it. Rejects with ProblemError. */
  readonly helper: (signal: AbortSignal) => Promise<ProcSource | null>
}

/**
 * Goes down the ladder until a step can read everything: this computer's `/proc` when it is proved to be the engine's and may be looked
 * at closely, else the helper's. Without a helper, what this computer's `/proc` shows to everyone, or nothing but the engine's API.
 */
export async function chooseKernel({ local, helper }: KernelSources, witnesses: Witnesses, signal: AbortSignal): Promise<{ kernel: KernelView, problems: Problem[] }> {
  const near = await proveKernel(local, witnesses)
  if (near.proc !== null && await mayLookClosely(near.proc, witnesses.running[0]?.hostPid ?? 1))
    return { kernel: near, problems: [] }
  try {
    const proc = await helper(signal)
    return { kernel: proc === null ? near : { proc, proof: 'Isoscope\'s helper container runs on that engine, in the PID namespace of its machine.' }, problems: [] }
  }
  catch (error) {
    signal.throwIfAborted()
    if (error instanceof ProblemError)
      return { kernel: near, problems: [error.problem] }
    throw error
  }
}

/** namespaces(7): the right to see a process's namespaces is that to trace it, which opens its root, descriptors and labels too. */
const mayLookClosely = async (proc: ProcSource, pid: number): Promise<boolean> =>
  Object.keys(await readNamespaces(proc, pid)).length > 0
