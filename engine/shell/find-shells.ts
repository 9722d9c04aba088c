import { Buffer } from 'node:buffer'
import type { FoundShells } from '../../shared/model/shell'
import { ProblemError } from '../../shared/model/problem'
import type { KernelSources } from '../collect/choose-kernel'
import { findRoot } from '../collect/find-root'
import { type ContainerRoot, openContainerRoot } from '../sources/container-root'
import type { DockerEngine } from '../sources/docker'
import { Unreadable } from '../sources/proc-source'

interface Asked {
  readonly docker: DockerEngine
  readonly sources: KernelSources
  readonly containerId: string
  readonly signal: AbortSignal
}

/** What people like best first. The last one is where the debugging images of distroless have theirs. */
const NAMES = ['bash', 'zsh', 'fish', 'ksh', 'mksh', 'dash', 'ash', 'sh'] as const
const FOLDERS = ['/bin', '/usr/bin', '/usr/local/bin', '/busybox'] as const

/**
 * The shells of a running container, looked for through its root: nothing runs in it for that, and where its root cannot be looked through it
 * is said why. Throws ProblemError CONTAINER_ENDED, or what the engine refuses.
 */
export async function findShells(asked: Asked): Promise<FoundShells> {
  const { State, Config: { User: user, WorkingDir } } = await asked.docker.inspect(asked.containerId, asked.signal)
  if (!State.Pid)
    throw new ProblemError({ code: 'CONTAINER_ENDED', what: 'The container does not run, so no shell can be opened in it.', fix: 'Start it first.' })
  const own = { user, workingDirectory: WorkingDir === '' ? '/' : WorkingDir }
  try {
    return { ...own, shells: await lookThrough(asked), because: null }
  }
  catch (error) {
    if (error instanceof Unreadable)
      return { ...own, shells: null, because: error.message }
    if (error instanceof ProblemError && UNSEEN.has(error.problem.code))
      return { ...own, shells: null, because: error.problem.what }
    throw error
  }
}

/** findRoot's reasons why nobody looks through a root from here. */
const UNSEEN: ReadonlySet<string> = new Set(['FILES_IN_SANDBOX', 'KERNEL_NOT_LOCAL'])

async function lookThrough(asked: Asked): Promise<string[]> {
  const { proc, hostPid } = await findRoot(asked)
  const root = await openContainerRoot(proc, hostPid)
  try {
    const found: string[] = []
    const seen = new Set<string>()
    for (const name of NAMES) {
      for (const folder of FOLDERS) {
        const path = `${folder}/${name}`
        const file = await fileAt(root, path)
        // `/bin` is often a link to `/usr/bin`: the same program under the same name is one shell.
        if (file === null || seen.has(`${name} ${file}`))
          continue
        seen.add(`${name} ${file}`)
        found.push(path)
      }
    }
    return found
  }
  finally {
    root.close()
  }
}

/** Where the path of a regular file leads; null: there is none. */
async function fileAt(root: ContainerRoot, path: string): Promise<string | null> {
  const target = await root.resolve(path)
  const names = target?.split('/').filter(name => name !== '').map(name => Buffer.from(name, 'latin1')) ?? []
  const last = names.pop()
  if (last === undefined)
    return null
  try {
    const status = await root.within(names, folder => folder.status(last))
    return status?.kind === 'file' ? target : null
  }
  catch (error) {
    // A folder that is not there, or that is none.
    if (error instanceof Unreadable && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return null
    throw error
  }
}
