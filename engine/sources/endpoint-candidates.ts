import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { ReachableEndpoint } from './connect-options'

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly homeDirectory: string
  readonly platform: NodeJS.Platform
}

const Config = z.object({ currentContext: z.string().optional() })
const ContextMeta = z.object({ Endpoints: z.object({ docker: z.object({ Host: z.string().optional() }) }) })
const MAX_CONFIG_BYTES = 1024 * 1024

/**
 * Where an engine may be, best first. An address that the person chose in the preferences is the only one. Otherwise as the
 * docker client does it: DOCKER_HOST alone when it is set, else the chosen context alone; only without either are the usual
 * sockets of the known engines tried, one after the other.
 */
export function endpointCandidates(surroundings: Surroundings, preferredAddress: string | null = null): ReachableEndpoint[] {
  const { env } = surroundings
  if (preferredAddress !== null)
    return [{ origin: 'Preferences', address: withScheme(preferredAddress), ...environmentCertificates(surroundings) }]
  if (env.DOCKER_HOST)
    return [{ origin: 'DOCKER_HOST', address: withScheme(env.DOCKER_HOST), ...environmentCertificates(surroundings) }]
  const context = env.DOCKER_CONTEXT || currentContext(surroundings)
  return context && context !== 'default' ? [contextEndpoint(surroundings, context)] : usualSockets(surroundings)
}

const withScheme = (host: string): string => host.includes('://') ? host : host.startsWith('/') ? `unix://${host}` : `tcp://${host}`

const configFolder = ({ env, homeDirectory }: Surroundings): string => env.DOCKER_CONFIG || join(homeDirectory, '.docker')

function environmentCertificates(surroundings: Surroundings): { certificateFolder?: string } {
  const { DOCKER_TLS_VERIFY, DOCKER_CERT_PATH } = surroundings.env
  return DOCKER_TLS_VERIFY ? { certificateFolder: DOCKER_CERT_PATH || configFolder(surroundings) } : {}
}

function currentContext(surroundings: Surroundings): string | undefined {
  return readJson(Config, join(configFolder(surroundings), 'config.json'))?.currentContext
}

/** `contexts/meta/<sha256 of the name>/meta.json` and `contexts/tls/<the same>/docker/*.pem` (docker context). */
function contextEndpoint(surroundings: Surroundings, name: string): ReachableEndpoint {
  const digest = createHash('sha256').update(name).digest('hex')
  const folder = join(configFolder(surroundings), 'contexts')
  const host = readJson(ContextMeta, join(folder, 'meta', digest, 'meta.json'))?.Endpoints.docker.Host
  const certificates = join(folder, 'tls', digest, 'docker')
  return {
    origin: `context "${name}"`,
    address: host ?? `(no address: ${join('contexts', 'meta', `${digest.slice(0, 12)}…`, 'meta.json')} has none)`,
    ...(existsSync(join(certificates, 'ca.pem')) ? { certificateFolder: certificates } : {}),
  }
}

function usualSockets({ env, homeDirectory, platform }: Surroundings): ReachableEndpoint[] {
  const home = (path: string): string => join(homeDirectory, path)
  const runtime = env.XDG_RUNTIME_DIR
  const sockets: [origin: string, path: string | undefined, where: 'linux' | 'darwin' | 'both'][] = [
    ['Docker Engine', '/var/run/docker.sock', 'both'],
    ['Docker Desktop', home('.docker/run/docker.sock'), 'darwin'],
    ['Docker Desktop', home('.docker/desktop/docker.sock'), 'linux'],
    ['rootless Docker', runtime && join(runtime, 'docker.sock'), 'linux'],
    ['Colima', home('.colima/default/docker.sock'), 'both'],
    ['OrbStack', home('.orbstack/run/docker.sock'), 'darwin'],
    ['Rancher Desktop', home('.rd/docker.sock'), 'both'],
    ['Podman', '/run/podman/podman.sock', 'linux'],
    ['rootless Podman', runtime && join(runtime, 'podman/podman.sock'), 'linux'],
    ['Podman machine', home('.local/share/containers/podman/machine/podman.sock'), 'darwin'],
  ]
  return sockets.flatMap(([origin, path, where]) =>
    path !== undefined && (where === 'both' || where === platform) ? [{ origin, address: `unix://${path}` }] : [])
}

/** Files of the user's own that may be missing or broken: then they say nothing. */
function readJson<T extends z.ZodType>(schema: T, path: string): z.output<T> | undefined {
  try {
    const text = readFileSync(path, 'utf8')
    return text.length > MAX_CONFIG_BYTES ? undefined : schema.safeParse(JSON.parse(text)).data
  }
  catch {
    return undefined
  }
}
