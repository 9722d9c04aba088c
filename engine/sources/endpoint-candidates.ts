import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import type { Problem } from '../../shared/model/problem'
import { configFolder, currentContext, type DockerContext, dockerContexts } from './docker-contexts'
import type { ReachableEndpoint } from './endpoint-target'
import type { Surroundings } from './surroundings'
import { isThere, usualSockets } from './usual-sockets'

/** What the person has asked for before anything else: an address (`origin` says where), or a context of docker's. */
export type EngineWish =
  | { readonly address: string, readonly origin: string }
  | { readonly context: string }

/** What the person chose last, in this run or before: an address, or one of `knownEndpoints` by its id. */
export type PreferredEngine =
  | { readonly address: string }
  | { readonly endpointId: string }

export interface ListedEndpoint extends ReachableEndpoint {
  /** The same for the same endpoint, also in another run. */
  readonly id: string
}

/**
 * Where an engine may be, best first. What the person wishes is the only one. Otherwise as the docker client does it: DOCKER_HOST alone
 * when it is set, else the chosen context alone; only without either are the usual sockets of the known engines tried, one after the
 * other. A context that does not exist has its `problem`.
 */
export function endpointCandidates(surroundings: Surroundings, wish: EngineWish | null = null): ReachableEndpoint[] {
  if (wish && 'address' in wish)
    return [atAddress(surroundings, wish.origin, wish.address)]
  const chosen = wish ? wish.context : null
  const { env } = surroundings
  if (env['DOCKER_HOST'] && (chosen === null || chosen === 'default'))
    return [atAddress(surroundings, 'DOCKER_HOST', env['DOCKER_HOST'])]
  const name = chosen ?? currentContext(surroundings)
  return name === null || name === 'default' ? usualSockets(surroundings) : [contextNamed(surroundings, name)]
}

/**
 * Every endpoint that this computer knows of: what the person wishes or has typed before, DOCKER_HOST, all contexts, and the usual
 * sockets that are there (Docker's own always). One that is reached in two ways is listed once, by the first.
 */
export function knownEndpoints(surroundings: Surroundings, wish: EngineWish | null = null, preferred: PreferredEngine | null = null): ListedEndpoint[] {
  const { env } = surroundings
  const [dockers, ...others] = usualSockets(surroundings)
  const all: ReachableEndpoint[] = [
    ...wish && 'address' in wish ? [atAddress(surroundings, wish.origin, wish.address)] : [],
    ...preferred && 'address' in preferred ? [atAddress(surroundings, 'Preferences', preferred.address)] : [],
    ...env['DOCKER_HOST'] ? [atAddress(surroundings, 'DOCKER_HOST', env['DOCKER_HOST'])] : [],
    ...dockerContexts(surroundings).map(context => ofContext(surroundings, context)),
    ...dockers ? [dockers] : [],
    ...others.filter(isThere),
  ]
  const byPlace = new Map<string, ReachableEndpoint>()
  for (const endpoint of all) {
    const place = endpointPlace(endpoint)
    if (!byPlace.has(place))
      byPlace.set(place, endpoint)
  }
  return [...byPlace.values()].map(endpoint => ({ ...endpoint, id: idOf(endpoint) }))
}

/** That one as it is now; null: this computer does not know it any more. */
export function preferredEndpoint(surroundings: Surroundings, preferred: PreferredEngine): ListedEndpoint | null {
  if ('endpointId' in preferred)
    return knownEndpoints(surroundings).find(({ id }) => id === preferred.endpointId) ?? null
  const typed = atAddress(surroundings, 'Preferences', preferred.address)
  return { ...typed, id: idOf(typed) }
}

/** What was named for this run alone, which goes before everything that is remembered, in the words of who named it; null: nothing was. */
export function namedForThisRun({ env }: Surroundings, wish: EngineWish | null): string | null {
  if (wish)
    return 'address' in wish ? `${wish.origin} ${wish.address}` : `--context ${wish.context}`
  if (env['DOCKER_HOST'])
    return 'DOCKER_HOST'
  return env['DOCKER_CONTEXT'] ? 'DOCKER_CONTEXT' : null
}

/** The same for two endpoints that lead to the same place in the same way; a socket's is its real path. */
export function endpointPlace({ address, tls }: ReachableEndpoint): string {
  return address.startsWith('unix://') ? `unix://${realPath(address.slice('unix://'.length))}` : JSON.stringify([address, tls ?? null])
}

const idOf = ({ origin, address }: ReachableEndpoint): string => createHash('sha256').update(`${origin}\n${address}`).digest('hex').slice(0, 16)

function realPath(path: string): string {
  try {
    return realpathSync(path)
  }
  catch {
    return path
  }
}

/** An address without a scheme is a socket's path, or else TCP, as docker reads it. */
function atAddress(surroundings: Surroundings, origin: string, address: string): ReachableEndpoint {
  const scheme = address.includes('://') ? '' : address.startsWith('/') ? 'unix://' : 'tcp://'
  const { DOCKER_TLS_VERIFY, DOCKER_TLS, DOCKER_CERT_PATH } = surroundings.env
  const tls = DOCKER_TLS_VERIFY || DOCKER_TLS
    ? { tls: { folder: DOCKER_CERT_PATH || configFolder(surroundings), skipsVerification: !DOCKER_TLS_VERIFY } }
    : {}
  return { origin, address: `${scheme}${address}`, ...tls, ...plainTcp(surroundings) }
}

function contextNamed(surroundings: Surroundings, name: string): ReachableEndpoint {
  const contexts = dockerContexts(surroundings)
  const context = contexts.find(each => each.name === name)
  return context ? ofContext(surroundings, context) : { origin: `context "${name}"`, address: '', problem: unknownContext(name, contexts) }
}

const ofContext = (surroundings: Surroundings, { name, address, tls }: DockerContext): ReachableEndpoint => ({
  origin: `context "${name}"`,
  address: address ?? '',
  ...tls === null ? {} : { tls },
  ...address === null ? { problem: { code: 'CONTEXT_WITHOUT_ADDRESS', what: `The docker context "${name}" has no address of an engine.`, fix: 'Choose another context with `docker context use`.' } } : {},
  ...plainTcp(surroundings),
})

const plainTcp = ({ allowsPlainTcp }: Surroundings): { allowsPlainTcp?: true } => allowsPlainTcp ? { allowsPlainTcp } : {}

const unknownContext = (name: string, contexts: readonly DockerContext[]): Problem => ({
  code: 'CONTEXT_UNKNOWN',
  what: `There is no docker context "${name}".`,
  fix: `There are: ${['default', ...contexts.map(context => context.name)].join(', ')}.`,
})
