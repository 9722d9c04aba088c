import type { LifecycleVerb } from '../model/action'
import type { ContainerState } from '../model/container-state'

interface LifecycleWords {
  label: string
  /** While it is done. */
  doing: string
  /** What comes of it, for whoever has to decide. */
  does: string
  /** In which states the engine does it, and it changes something. */
  from: readonly ContainerState[]
  /** What takes it back; null: nothing does. */
  undo: LifecycleVerb | null
}

/** Docker Engine API, "Containers"; what a signal does is docker-stop(1) and docker-kill(1). */
export const LIFECYCLE: Readonly<Record<LifecycleVerb, LifecycleWords>> = {
  start: { label: 'Start', doing: 'Starting…', does: 'Its first process is started again, with the files as they were left.', from: ['created', 'exited', 'dead'], undo: 'stop' },
  stop: { label: 'Stop', doing: 'Stopping…', does: 'Its first process is asked to end, and after ten seconds (or what the container says) killed. All its processes end; its files stay.', from: ['running', 'restarting', 'paused'], undo: 'start' },
  restart: { label: 'Restart', doing: 'Restarting…', does: 'It is stopped and started again: all its processes end, its files stay.', from: ['running', 'restarting', 'paused'], undo: null },
  pause: { label: 'Pause', doing: 'Pausing…', does: 'All its processes are frozen where they are; none of them notices.', from: ['running'], undo: 'unpause' },
  unpause: { label: 'Unpause', doing: 'Unpausing…', does: 'Its frozen processes go on.', from: ['paused'], undo: 'pause' },
  kill: { label: 'Kill', doing: 'Killing…', does: 'Its first process is killed at once, and may save nothing. All its processes end; its files stay.', from: ['running', 'restarting', 'paused'], undo: 'start' },
  rm: { label: 'Remove', doing: 'Removing…', does: 'The container and every file that was written in it are removed. Named volumes and the image stay. This cannot be undone.', from: ['created', 'exited', 'dead'], undo: null },
}

/** What can be done to a container in that state. */
export const verbsFor = (state: ContainerState): LifecycleVerb[] =>
  LIFECYCLE_VERBS.filter(verb => LIFECYCLE[verb].from.includes(state))

const LIFECYCLE_VERBS: readonly LifecycleVerb[] = ['start', 'unpause', 'stop', 'restart', 'pause', 'kill', 'rm']

/** What does the same in a terminal. A container's name has no character that a shell takes for its own (moby, names.go). */
export const lifecycleCommand = (verb: LifecycleVerb, containerName: string): string => `docker ${verb} ${containerName}`
