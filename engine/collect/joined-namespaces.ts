import type { ContainerRef } from '../../shared/model/container'
import type { NamespaceType } from '../../shared/model/namespace-type'
import type { RawInspect } from '../parse/docker-inspect'
import type { DockerEngine } from '../sources/docker'
import { inspectAll } from './inspect-all'

/** Containers that declare to be in one namespace: `--pid`, `--network` and `--ipc=container:<id>` (docker run). */
export type JoinableType = Extract<NamespaceType, 'pid' | 'net' | 'ipc'>
export type Declared = Readonly<Record<JoinableType, ReadonlyMap<string, string>>>

/** Id → the mode that the engine declares, of every container that runs; null where one could not be asked. */
export async function collectDeclaredModes(docker: DockerEngine, running: readonly ContainerRef[], signal: AbortSignal): Promise<Declared | null> {
  const answers = await inspectAll(docker, running, signal)
  const raws = answers.filter(raw => raw !== null)
  const modes = (read: (raw: RawInspect) => string | null | undefined): Map<string, string> => new Map(raws.map(raw => [raw.Id, read(raw) ?? '']))
  return raws.length === answers.length
    ? { pid: modes(({ HostConfig }) => HostConfig.PidMode), net: modes(({ HostConfig }) => HostConfig.NetworkMode), ipc: modes(({ HostConfig }) => HostConfig.IpcMode) }
    : null
}

/** The other containers that are in the same namespace as `id` by what all of them declare. */
export function joinedWith(id: string, modes: ReadonlyMap<string, string>): string[] {
  const ownerOf = (member: string): string => {
    const seen = new Set<string>()
    let owner = member
    for (let mode = modes.get(owner); mode?.startsWith('container:') && !seen.has(owner); mode = modes.get(owner)) {
      seen.add(owner)
      owner = mode.slice('container:'.length)
    }
    return owner
  }
  const own = ownerOf(id)
  return [...new Set([own, ...modes.keys()])].filter(other => other !== id && ownerOf(other) === own)
}
