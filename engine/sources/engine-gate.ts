import { ProblemError } from '../../shared/model/problem'

/**
 * Everything that Isoscope may ask an engine, all of it reading. No other request can be formed: the path comes from this
 * table, the id (of a container, or of what was begun in one) is 64 hex digits (of an image: after `sha256:`), the query has only the keys named here. `archive` is not in it, though a GET: it mounts
 * the container's volumes and locks the container while its body is unread.
 */
const ROUTES = {
  version: { path: '/version', query: [] },
  info: { path: '/info', query: [] },
  list: { path: '/containers/json', query: ['all', 'filters'] },
  inspect: { path: '/containers/{id}/json', query: [] },
  top: { path: '/containers/{id}/top', query: ['ps_args'] },
  logs: { path: '/containers/{id}/logs', query: ['follow', 'stdout', 'stderr', 'tail', 'since', 'timestamps'] },
  stats: { path: '/containers/{id}/stats', query: ['stream'] },
  changes: { path: '/containers/{id}/changes', query: [] },
  export: { path: '/containers/{id}/export', query: [] },
  exec: { path: '/exec/{id}/json', query: [] },
  events: { path: '/events', query: ['filters'] },
  images: { path: '/images/json', query: ['all'] },
  image: { path: '/images/{image}/json', query: [] },
  networks: { path: '/networks', query: [] },
  volumes: { path: '/volumes', query: [] },
} as const

export type Route = keyof typeof ROUTES

export interface EngineRequest {
  readonly route: Route
  readonly id?: string
  readonly query?: Readonly<Record<string, string>>
}

/** The path of an allowed request; throws ProblemError ENGINE_REQUEST_REFUSED for an id or a key that is not allowed. */
export function requestPath({ route, id, query = {} }: EngineRequest): string {
  const { path, query: allowed } = ROUTES[route]
  const keys: readonly string[] = allowed
  const right = path.includes('{id}') ? /^[0-9a-f]{64}$/ : path.includes('{image}') ? /^sha256:[0-9a-f]{64}$/ : null
  const isIdRight = right === null ? id === undefined : right.test(id ?? '')
  if (!isIdRight || Object.keys(query).some(key => !keys.includes(key)))
    throw new ProblemError({ code: 'ENGINE_REQUEST_REFUSED', what: `Isoscope does not ask an engine for ${route} in that way.`, fix: 'Name a container or an image by its full id.' })
  return path.replace(/\{(?:id|image)\}/, id ?? '')
}
