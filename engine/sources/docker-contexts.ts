import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { TlsWish } from './endpoint-target'
import type { Surroundings } from './surroundings'

/** One `docker context`. */
export interface DockerContext {
  readonly name: string
  /** As it is stored; null: it has none for docker. */
  readonly address: string | null
  readonly tls: TlsWish | null
}

const Config = z.object({ currentContext: z.string().optional() })
const Meta = z.object({
  Name: z.string().min(1).max(1000),
  Endpoints: z.object({ docker: z.object({ Host: z.string().max(2000).optional(), SkipTLSVerify: z.boolean().optional() }).optional() }),
})
const MAX_FILE_BYTES = 1024 * 1024
/** More than anybody has; a folder with more is not one of docker's. */
const MAX_CONTEXTS = 200

/** Where the docker command keeps its configuration: DOCKER_CONFIG, else `~/.docker`. */
export const configFolder = ({ env, homeDirectory }: Surroundings): string => env['DOCKER_CONFIG'] || join(homeDirectory, '.docker')

/** The context that DOCKER_CONTEXT or `config.json` chooses; null: none but docker's own default. */
export function currentContext(surroundings: Surroundings): string | null {
  const name = surroundings.env['DOCKER_CONTEXT'] || readJson(Config, join(configFolder(surroundings), 'config.json'))?.currentContext
  return name && name !== 'default' ? name : null
}

/**
 * Every context, by name: `contexts/meta/<sha256 of the name>/meta.json`, its certificates in `contexts/tls/<the same>/docker`. A file
 * that is broken, or whose name is not that of its folder, is none, as docker has it.
 */
export function dockerContexts(surroundings: Surroundings): DockerContext[] {
  const folder = join(configFolder(surroundings), 'contexts')
  const contexts = namesIn(join(folder, 'meta')).slice(0, MAX_CONTEXTS).flatMap((digest): DockerContext[] => {
    const meta = readJson(Meta, join(folder, 'meta', digest, 'meta.json'))
    if (!meta || createHash('sha256').update(meta.Name).digest('hex') !== digest)
      return []
    const { Host, SkipTLSVerify = false } = meta.Endpoints.docker ?? {}
    const certificates = join(folder, 'tls', digest, 'docker')
    const hasCertificates = ['ca.pem', 'cert.pem', 'key.pem'].some(file => existsSync(join(certificates, file)))
    return [{
      name: meta.Name,
      address: Host || null,
      tls: hasCertificates || SkipTLSVerify ? { folder: hasCertificates ? certificates : null, skipsVerification: SkipTLSVerify } : null,
    }]
  })
  return contexts.sort((one, other) => one.name < other.name ? -1 : 1)
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  }
  catch {
    return []
  }
}

/** Files of the user's own that may be missing or broken: then they say nothing. Neither does a pipe, which would never end. */
function readJson<T extends z.ZodType>(schema: T, path: string): z.output<T> | undefined {
  try {
    const file = statSync(path)
    return !file.isFile() || file.size > MAX_FILE_BYTES ? undefined : schema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data
  }
  catch {
    return undefined
  }
}
