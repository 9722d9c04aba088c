import type { Endpoint, Engine } from '../../shared/model/engine'
import type { RawInspect } from '../parse/docker-inspect'
import { containerIdsIn } from '../parse/proc-cgroup'
import { type ProcSource, Unreadable } from '../sources/proc-source'
import type { KernelView } from './scene'

export interface RunningContainer {
  readonly id: string
  readonly name: string
  readonly hostPid: number
  /** Its own layer of an overlay, as the engine says; null where there is none. */
  readonly upperFolder: string | null
}

export const runningContainer = ({ Id, GraphDriver }: Pick<RawInspect, 'Id' | 'GraphDriver'>, name: string, hostPid: number): RunningContainer =>
  ({ id: Id, name, hostPid, upperFolder: GraphDriver?.Data.get('UpperDir') ?? null })

/** What an engine says that a kernel can be recognised by. */
export interface Witnesses {
  readonly engine: Engine
  readonly endpoint: Endpoint
  /** Containers that run, first the one that is looked at. */
  readonly running: readonly RunningContainer[]
}

/**
 * May this machine's `/proc` be used for that engine's containers? Only when it is proved to be of the engine's kernel: an
 * engine in a virtual machine or elsewhere gives PIDs that mean other processes here.
 */
export async function proveKernel(proc: ProcSource, { engine, endpoint, running }: Witnesses): Promise<KernelView> {
  for (const container of running) {
    const { name, hostPid } = container
    if (await namesContainer(proc, container))
      return { proc, proof: `PID ${hostPid}, the first process of ${name}, exists here and its cgroup or mounts name that container.` }
  }
  if (running.length === 0 && endpoint.address.startsWith('unix://')) {
    const holder = await socketHolder(proc, endpoint.address.slice('unix://'.length))
    if (holder)
      return { proc, proof: `No container runs, but ${holder.comm} (PID ${holder.pid}) of this computer listens on the engine's socket.` }
  }
  const because = running.length === 0
    ? `no container runs, so it cannot be proved that the engine's kernel (${engine.kernelVersion}) is this computer's`
    : `this computer's /proc does not show ${running[0]?.name ?? 'the container'} as PID ${running[0]?.hostPid ?? '?'}: the engine runs in a virtual machine or on another computer, or /proc hides other users' processes`
  return { proc: null, because }
}

/**
 * The cgroup path names the id (not with rootless engines on cgroup version 1), or a mount lies in its folder (`/containers/<id>/` of Docker,
 * `/overlay-containers/<id>/` of Podman; one that joined another's network has that one's) or in its layer.
 */
async function namesContainer(proc: ProcSource, { id, hostPid, upperFolder }: RunningContainer): Promise<boolean> {
  try {
    if (containerIdsIn(await proc.readText(`${hostPid}/cgroup`) ?? '').includes(id))
      return true
    const mounts = await proc.readText(`${hostPid}/mountinfo`) ?? ''
    return mounts.includes(`containers/${id}/`) || (upperFolder !== null && mounts.includes(`upperdir=${upperFolder},`))
  }
  catch (error) {
    if (error instanceof Unreadable)
      return false
    throw error
  }
}

/** The engine's own process, when it is here and may be looked at: dockerd holds the listening socket as a file descriptor. */
async function socketHolder(proc: ProcSource, path: string): Promise<{ pid: number, comm: string } | null> {
  try {
    // proc_net_unix: Num RefCount Protocol Flags Type St Inode Path; flag 10000 is a listening socket.
    const inode = (await proc.readText('net/unix') ?? '').split('\n').map(line => line.trim().split(/\s+/))
      .find(fields => fields[3] === '00010000' && fields[7] !== undefined && [path, path.replace('/var/run/', '/run/')].includes(fields[7]))?.[6]
    if (inode === undefined)
      return null
    for (const pid of await proc.listPids()) {
      const comm = (await proc.readText(`${pid}/comm`))?.trim()
      if (comm !== 'dockerd')
        continue
      const targets = await Promise.all((await proc.listFolder(`${pid}/fd`)).map(fd => proc.readLink(`${pid}/fd/${fd}`)))
      if (targets.includes(`socket:[${inode}]`))
        return { pid, comm }
    }
    return null
  }
  catch (error) {
    if (error instanceof Unreadable)
      return null
    throw error
  }
}
