import type { RunContext } from '../../../shared/model/run-context'

interface Choice { value: string, label: string }

/** The namespaces of those that run now. */
function joinable(context: RunContext | null): Choice[] {
  return (context?.containers ?? [])
    .filter(({ isRunning }) => isRunning)
    .map(({ name }) => ({ value: `container:${name}`, label: `of the container ${name}` }))
}

const HOST: Choice = { value: 'host', label: 'the host’s' }

export const pidChoices = (context: RunContext | null): Choice[] => [{ value: '', label: 'its own' }, HOST, ...joinable(context)]

export const ipcChoices = (context: RunContext | null): Choice[] => [
  { value: '', label: 'its own' }, HOST, { value: 'private', label: 'its own, closed (private)' },
  { value: 'shareable', label: 'its own, others may join (shareable)' }, { value: 'none', label: 'its own, without /dev/shm (none)' }, ...joinable(context),
]

/** Modes, then networks that somebody made, then those of others. */
export function networkChoices(context: RunContext | null): Choice[] {
  const own = (context?.networks ?? []).map(({ name }) => name).filter(name => !['bridge', 'host', 'none'].includes(name))
  return [
    { value: '', label: 'the default (bridge)' }, { value: 'bridge', label: 'bridge' }, { value: 'none', label: 'none: no network' }, { value: 'host', label: 'the host’s' },
    ...own.map(name => ({ value: name, label: `network ${name}` })), ...joinable(context),
  ]
}

export const UTS_CHOICES = [{ value: '', label: 'its own' }, { value: 'host', label: 'the host’s' }] as const
export const USER_CHOICES = [{ value: '', label: 'as the engine does' }, { value: 'host', label: 'the host’s' }] as const
export const CGROUP_CHOICES = [{ value: '', label: 'as the engine does' }, { value: 'private', label: 'its own (private)' }, { value: 'host', label: 'the host’s' }] as const
export const RESTART_CHOICES = [{ value: 'no', label: 'stays ended' }, { value: 'on-failure', label: 'starts again after a failure' }, { value: 'always', label: 'always starts again' }, { value: 'unless-stopped', label: 'starts again unless stopped' }] as const
export const INIT_CHOICES = [{ value: '', label: 'as the engine does' }, { value: 'yes', label: 'a small init (--init)' }, { value: 'no', label: 'the program itself' }] as const
