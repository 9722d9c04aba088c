import type { ContainerDetail } from '../model/container'
import type { Engine } from '../model/engine'

/** A runtime that puts a kernel of its own between the container and that of its host. */
export interface Sandbox {
  readonly name: 'gVisor' | 'Kata Containers'
  /** Which runtime it is, and what said so. */
  readonly saidBy: string
  /** Why what the kernel of the host tells about the container's first process is not about the container, in one sentence without its end. */
  readonly because: string
}

/**
 * The programs: `runsc` (gVisor), `kata-runtime` and its shims; in the engine's own words `runsc`, `io.containerd.runsc.v1`,
 * `kata-runtime`, `io.containerd.kata-qemu.v2`, or a name of the administrator's own that leads to one of these programs.
 */
const PROGRAMS: readonly (readonly [pattern: RegExp, name: Sandbox['name']])[] = [
  [/(?:^|[./_-])(?:runsc|gvisor)(?:$|[./_-])/i, 'gVisor'],
  [/(?:^|[./_-])kata(?:$|[./_-])/i, 'Kata Containers'],
]

const BECAUSE: Readonly<Record<Sandbox['name'], string>> = {
  'gVisor': 'it runs in gVisor, which is a kernel of its own as a program: the host’s kernel sees that program, and neither the processes nor the namespaces inside',
  'Kata Containers': 'it runs in a virtual machine of Kata Containers with a kernel of its own: the host’s kernel sees that machine, and neither the processes nor the namespaces inside',
}

/** The sandbox that a container runs in, by the name of its runtime or by the program that the engine starts under that name; null: none is known. */
export function sandboxOf({ runtime }: Pick<ContainerDetail, 'runtime'>, { runtimes }: Pick<Engine, 'runtimes'>): Sandbox | null {
  const program = runtimes.find(({ name }) => name === runtime)?.program ?? ''
  // What is started decides; a name alone does only where the engine does not tell what it stands for.
  const name = PROGRAMS.find(([pattern]) => pattern.test(program === '' ? runtime : program))?.[1]
  if (name === undefined)
    return null
  const saidBy = program === '' || program === runtime ? `its runtime is ${runtime}` : `its runtime ${runtime} is ${program}`
  return { name, saidBy, because: BECAUSE[name] }
}
