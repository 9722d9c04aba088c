import type { Endpoint } from '../../shared/model/engine'
import { type Problem, ProblemError } from '../../shared/model/problem'
import { type SshTarget, sshTarget } from './ssh-target'

/** TLS as docker's variables and contexts ask for it. */
export interface TlsWish {
  /** Where `ca.pem`, `cert.pem` and `key.pem` may be; null: this system's own authorities, and no client certificate. */
  readonly folder: string | null
  /** The engine's certificate is taken as it is: a context's `SkipTLSVerify`, or DOCKER_TLS without DOCKER_TLS_VERIFY. */
  readonly skipsVerification: boolean
}

/** An endpoint with what is needed to reach it. */
export interface ReachableEndpoint extends Endpoint {
  readonly tls?: TlsWish
  /** The person has asked for TCP without TLS to other machines. */
  readonly allowsPlainTcp?: boolean
  /** Why there is nothing to reach: a context that does not exist. */
  readonly problem?: Problem
}

export type Target =
  | { readonly kind: 'unix', readonly path: string }
  | { readonly kind: 'tcp', readonly host: string, readonly port: number, readonly tls: TlsWish | null }
  | { readonly kind: 'ssh', readonly ssh: SshTarget }

/** `sun_path` of unix(7) has 108 bytes, the last of them NUL. A Mac's has 104; there the system refuses what is between. */
const LONGEST_SOCKET_PATH = 107

/** An address that may be used, taken apart; throws ProblemError ENDPOINT_NOT_SUPPORTED, which says what is wrong with any other. */
export function endpointTarget(endpoint: ReachableEndpoint): Target {
  const { address } = endpoint
  const [, scheme] = address.match(/^([a-z]+):\/\//) ?? []
  switch (scheme) {
    case 'unix': return { kind: 'unix', path: socketPath(endpoint) }
    case 'tcp': case 'http': case 'https': return tcpTarget(endpoint, scheme === 'https')
    case 'ssh': return { kind: 'ssh', ssh: sshTarget(address) ?? refuse(endpoint, 'an ssh:// address is a user, a host and a port in plain letters and digits, as in ssh://me@example.org:22, without a password', 'Give passwords, keys and everything else in ~/.ssh/config.') }
    case 'npipe': return refuse(endpoint, 'named pipes exist on Windows alone', OTHER_ADDRESS)
    default: return refuse(endpoint, 'only unix://, tcp:// and ssh:// addresses can be used', OTHER_ADDRESS)
  }
}

const OTHER_ADDRESS = 'Set DOCKER_HOST to such an address, or choose another context with `docker context use`.'

/** Taken as it is, like docker does: a socket's name may hold `%` and `?`. */
function socketPath(endpoint: ReachableEndpoint): string {
  const path = endpoint.address.slice('unix://'.length)
  if (!path.startsWith('/') || path.includes('\0'))
    return refuse(endpoint, 'a socket\'s path begins at the root directory', 'Write it with three slashes, as in unix:///var/run/docker.sock.')
  if (Buffer.byteLength(path) > LONGEST_SOCKET_PATH)
    return refuse(endpoint, `the path of a socket has at most ${LONGEST_SOCKET_PATH} bytes`, 'Make a link with a shorter path to it.')
  return path
}

function tcpTarget(endpoint: ReachableEndpoint, isHttps: boolean): Target {
  const url = parseUrl(endpoint.address.replace(/^\w+:/, 'http:'))
  if (!url || url.hostname === '' || url.username !== '' || url.password !== '' || url.pathname !== '/' || url.search !== '' || url.hash !== '')
    return refuse(endpoint, 'a tcp:// address is a host and a port and nothing else', 'Write it as in tcp://example.org:2376.')
  const tls = endpoint.tls ?? (isHttps ? { folder: null, skipsVerification: false } : null)
  if (tls === null && !endpoint.allowsPlainTcp && !isLoopback(url.hostname))
    return refuse(endpoint, 'it is a TCP address of another machine without TLS, where anyone on the way could take the engine over', 'Set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH, or use a docker context with TLS or an ssh:// address. On the command line, --allow-plain-tcp asks it all the same.')
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  // The URL parser leaves out the port 80 of "http", which stands for "tcp" here.
  const port = /:0*80$/.test(endpoint.address) ? 80 : Number(url.port || (tls ? 2376 : 2375))
  return { kind: 'tcp', host, port, tls }
}

const isLoopback = (hostname: string): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)

function parseUrl(text: string): URL | null {
  try {
    return new URL(text)
  }
  catch {
    return null
  }
}

function refuse({ address, origin }: Endpoint, why: string, fix: string): never {
  throw new ProblemError({ code: 'ENDPOINT_NOT_SUPPORTED', what: `${address} (${origin}) was not tried: ${why}.`, fix })
}
