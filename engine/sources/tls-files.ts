import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Endpoint } from '../../shared/model/engine'
import { ProblemError } from '../../shared/model/problem'
import type { TlsWish } from './endpoint-target'

export interface TlsFiles {
  /** Null: the authorities that Node.js comes with. */
  readonly ca: string | null
  readonly client: { readonly cert: string, readonly key: string } | null
  readonly rejectUnauthorized: boolean
}

/**
 * `ca.pem`, `cert.pem` and `key.pem` of a folder, in PEM; like docker, an engine is asked without those that are not there. Throws
 * ProblemError TLS_FILES_UNUSABLE when none is, one cannot be read, or only one of the pair is there.
 */
export function readTlsFiles(endpoint: Endpoint, { folder, skipsVerification }: TlsWish): TlsFiles {
  const rejectUnauthorized = !skipsVerification
  if (folder === null)
    return { ca: null, client: null, rejectUnauthorized }
  const unusable = (what: string, cause?: unknown): ProblemError => new ProblemError({
    code: 'TLS_FILES_UNUSABLE',
    what: `${endpoint.address} (${endpoint.origin}) was not tried: ${what}.`,
    fix: 'Put ca.pem, cert.pem and key.pem there, readable by you, or set DOCKER_CERT_PATH.',
  }, { cause })
  const read = (name: string): string | null => {
    try {
      return readFileSync(join(folder, name), 'utf8')
    }
    catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
        return null
      throw unusable(`${join(folder, name)} cannot be read`, error)
    }
  }
  const [ca, cert, key] = [read('ca.pem'), read('cert.pem'), read('key.pem')]
  if (ca === null && cert === null && key === null && !skipsVerification)
    throw unusable(`${folder} has no ca.pem, cert.pem or key.pem`)
  if ((cert === null) !== (key === null))
    throw unusable(`${join(folder, cert === null ? 'cert.pem' : 'key.pem')} is missing beside ${cert === null ? 'key.pem' : 'cert.pem'}`)
  return { ca, client: cert === null || key === null ? null : { cert, key }, rejectUnauthorized }
}
