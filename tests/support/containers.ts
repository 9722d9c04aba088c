import { randomBytes } from 'node:crypto'
import { docker } from './docker'

export interface ContainerRequest {
  /** A word for the part it plays; the container is called `isoscope-test-<name>-<random>`. */
  name: string
  image: string
  /** Flags of `docker run` beside `--detach` and `--name`. */
  flags?: readonly string[]
  command?: readonly string[]
}

/** A container that a test started: its full id, and its name as docker has it. */
export interface StartedContainer {
  id: string
  name: string
}

const started = new Set<string>()

/** Starts a container with `docker run --detach`; `removeAll` removes it, also when the start failed half way. */
export async function startContainer({ name, image, flags = [], command = [] }: ContainerRequest): Promise<StartedContainer> {
  const fullName = `isoscope-test-${name}-${randomBytes(4).toString('hex')}`
  started.add(fullName)
  const id = await docker('run', '--detach', '--name', fullName, ...flags, image, ...command)
  return { id, name: fullName }
}

/** Removes every container that this test file started, with its anonymous volumes. */
export async function removeAll(): Promise<void> {
  const names = [...started]
  started.clear()
  if (names.length > 0)
    await docker('rm', '--force', '--volumes', ...names)
}
