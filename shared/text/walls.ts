import type { NamespaceVerdict } from '../model/namespace'
import type { NamespaceType } from '../model/namespace-type'

interface Wall {
  /** One character for a line of text. */
  glyph: string
  word: NamespaceVerdict
  /** What it means, for someone who sees the sign for the first time. */
  meaning: string
}

/** The four states of the wall between a container and its host, each with a sign and a word so that none needs colour. */
export const WALLS: Readonly<Record<NamespaceVerdict, Wall>> = {
  private: { glyph: '█', word: 'private', meaning: 'A solid wall: the container has this namespace for itself.' },
  shared: { glyph: '◧', word: 'shared', meaning: 'A wall with a door: another container is in the same namespace.' },
  host: { glyph: '░', word: 'host', meaning: 'No wall: the container uses the host’s own namespace.' },
  unknown: { glyph: '?', word: 'unknown', meaning: 'It could not be read. Take it for open until it is known.' },
}

/** What each namespace keeps apart (namespaces(7)). */
export const NAMESPACE_PURPOSE: Readonly<Record<NamespaceType, string>> = {
  mnt: 'Mount points: which files there are',
  pid: 'Process IDs: who can see and signal whom',
  net: 'Network interfaces, routes, ports and firewall',
  ipc: 'Shared memory, semaphores and message queues',
  uts: 'Host name and domain name',
  user: 'User and group IDs, and what root may do',
  cgroup: 'The root of the control group tree',
  time: 'Boot-time and monotonic clocks (the wall clock is never separate)',
}
