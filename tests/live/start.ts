import { vi } from 'vitest'
import { type ContainerRequest, startContainer, type StartedContainer } from '../support/containers'
import { docker } from '../support/docker'
import { ensureBusyboxImage } from '../support/test-images'

export interface LiveRequest extends Omit<ContainerRequest, 'image'> {
  /** busybox with a shell, if not given. */
  readonly image?: string
  /** How many processes it has when it has started; 1 if not given. */
  readonly processes?: number
}

/** One process that does nothing; as PID 1 it would ignore SIGTERM, which removal does not wait for. */
const IDLE = ['sleep', '10000']

/** Starts `isoscope-test-live-<name>-…` and waits until its own programs run: for a moment its first process is still the runtime. */
export async function start({ processes = 1, name, image, ...request }: LiveRequest): Promise<StartedContainer> {
  const container = await startContainer({ command: IDLE, ...request, name: `live-${name}`, image: image ?? await ensureBusyboxImage() })
  await untilProcesses(container.id, processes)
  return container
}

/** Waits until docker top lists so many processes of its own, none of them the runtime's. */
export async function untilProcesses(id: string, count: number): Promise<void> {
  await vi.waitUntil(async () => {
    const [, ...commands] = (await docker('top', id, '-eo', 'pid,comm')).split('\n')
    return commands.length === count && commands.every(command => !/ (?:runc|exe)\b/.test(command))
  }, { timeout: 10_000, interval: 50 })
}
