import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DockerOptions } from 'dockerode'
import type { Endpoint } from '../../shared/model/engine'
import { ProblemError } from '../../shared/model/problem'

/** An endpoint and, for TLS, the folder that holds `ca.pem`, `cert.pem` and `key.pem`. */
export interface ReachableEndpoint extends Endpoint {
  readonly certificateFolder?: string
}

/**
 * How dockerode reaches an address. Each of host, port and protocol is set, also to undefined: dockerode lets DOCKER_HOST
 * win over a `socketPath` that was given. Throws ProblemError ENDPOINT_NOT_SUPPORTED.
 */
export function connectOptions(endpoint: ReachableEndpoint): DockerOptions {
  const none = { host: undefined, port: undefined, ca: undefined, cert: undefined, key: undefined, socketPath: undefined }
  const path = endpoint.address.match(/^unix:\/\/(\/.*)$/)?.[1]
  if (path !== undefined)
    return { ...none, protocol: 'http', socketPath: path }
  const tcp = /^(?:tcp|https?):\/\//.test(endpoint.address) ? new URL(endpoint.address.replace(/^\w+:/, 'http:')) : null
  if (!tcp)
    throw refused(endpoint, 'only unix:// and tcp:// addresses can be used', 'Set DOCKER_HOST to a unix:// or tcp:// address, or choose another context with `docker context use`.')
  const isTls = endpoint.certificateFolder !== undefined
  if (!isTls && !['127.0.0.1', 'localhost', '[::1]'].includes(tcp.hostname))
    throw refused(endpoint, 'it is a TCP address of another machine without TLS, where anyone on the way could take the engine over', 'Set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH, or use a docker context with TLS.')
  return {
    ...none,
    protocol: isTls ? 'https' : 'http',
    host: tcp.hostname,
    port: tcp.port === '' ? (isTls ? 2376 : 2375) : Number(tcp.port),
    ...(endpoint.certificateFolder === undefined ? {} : certificates(endpoint, endpoint.certificateFolder)),
  }
}

function certificates(endpoint: Endpoint, folder: string): { ca: string, cert: string, key: string } {
  const read = (name: string): string => {
    try {
      return readFileSync(join(folder, name), 'utf8')
    }
    catch (cause) {
      throw refused(endpoint, `${join(folder, name)} cannot be read`, 'Put ca.pem, cert.pem and key.pem there, or set DOCKER_CERT_PATH.', cause)
    }
  }
  return { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') }
}

const refused = (endpoint: Endpoint, why: string, fix: string, cause?: unknown): ProblemError =>
  new ProblemError({ code: 'ENDPOINT_NOT_SUPPORTED', what: `${endpoint.address} (${endpoint.origin}) was not tried: ${why}.`, fix }, { cause })
