import { lstatSync, statSync } from 'node:fs'
import type { Endpoint } from '../../shared/model/engine'
import { ProblemError } from '../../shared/model/problem'
import { HttpRefusal } from './http-request'

/** By the code of its problem: whether an engine is not there, or not to be relied on. One that answers with an error is still there. */
export const isAway = (code: string): boolean => code !== 'ENGINE_REFUSED' && code !== 'ENGINE_ASLEEP'

/**
 * "Docker Desktop is manually paused. Unpause it through the Whale menu or Dashboard." is what Docker Desktop answers in place of an engine
 * that it has stopped; what stands before others answers 503 (RFC 9110: not now).
 */
const isAsleep = ({ statusCode, message }: HttpRefusal): boolean =>
  statusCode === 503 || /\bDocker Desktop is\b.*\bpaused\b/i.test(message)

/** A failed request as a Problem. A refusal has the engine's own words; socket and TLS errors carry `code`. */
export function engineFailure(endpoint: Endpoint, error: unknown): ProblemError {
  if (error instanceof ProblemError)
    return error
  const words = typeof error === 'string' ? error : error instanceof Error ? error.message.trim() : 'an unknown error'
  if (error instanceof HttpRefusal && error.statusCode === 404)
    return new ProblemError({ code: 'CONTAINER_GONE', what: `The engine does not know that container: ${words}.`, fix: 'Choose another container; `docker ps -a` lists them.' }, { cause: error })
  if (error instanceof HttpRefusal && isAsleep(error))
    return new ProblemError({ code: 'ENGINE_ASLEEP', what: `The engine at ${endpoint.address} is asleep, or not available now: it answered ${error.statusCode}: ${words}.`, fix: 'Wake it, in Docker Desktop with "Resume"; Isoscope finds it by itself.' }, { cause: error })
  if (error instanceof HttpRefusal)
    return new ProblemError({ code: 'ENGINE_REFUSED', what: `The engine at ${endpoint.address} answered ${error.statusCode}: ${words}.`, fix: 'See the engine\'s log, and try again.' }, { cause: error })
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const { why, fix } = socketFile(endpoint, code) ?? FAILURES.get(code) ?? { why: words }
  return new ProblemError({ code: 'ENGINE_UNREACHABLE', what: `The engine at ${endpoint.address} does not answer: ${why}.`, fix: fix ?? 'Start Docker, then try again.' }, { cause: error })
}

interface Failure { readonly why: string, readonly fix?: string }

const AUTHORITY = 'Put the certificate of the authority that signed the engine\'s into ca.pem.'
const CLIENT_CERTIFICATE = 'Put a certificate that the engine\'s authority has signed into cert.pem, and its key into key.pem, in DOCKER_CERT_PATH or the docker context.'

/** By the `code` of Node.js's errors: errno names, OpenSSL's reasons for a certificate, and TLS alerts of the other side. */
const FAILURES: ReadonlyMap<string, Failure> = new Map<string, Failure>([
  ['ENOENT', { why: 'there is no such socket' }],
  ['ECONNREFUSED', { why: 'nothing listens there' }],
  ['EACCES', { why: 'no permission to open the socket', fix: 'Add your user to the group of the socket ("docker" on most systems), log in again, and start Isoscope again.' }],
  ['EMFILE', { why: 'Isoscope may open no more files', fix: 'Close other pages of Isoscope, or start it again with a higher limit (ulimit -n).' }],
  ['ENFILE', { why: 'this computer has no more files to open', fix: 'End what holds very many files open.' }],
  ['ENOTSOCK', { why: 'that is not a socket' }],
  ['ECONNRESET', { why: 'it closed the connection' }],
  ['EPIPE', { why: 'it closed the connection' }],
  ['ENOTFOUND', { why: 'that name cannot be found' }],
  ['EAI_AGAIN', { why: 'that name cannot be looked up now' }],
  ['CERT_HAS_EXPIRED', { why: 'its certificate, or that of its authority, has expired', fix: 'Give the engine a new certificate, and see that this computer\'s clock is right.' }],
  ['CERT_NOT_YET_VALID', { why: 'its certificate is not valid yet', fix: 'See that this computer\'s clock, and that of the engine\'s machine, are right.' }],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', { why: 'its certificate is signed by itself and not known here', fix: AUTHORITY }],
  ['SELF_SIGNED_CERT_IN_CHAIN', { why: 'its certificate is signed by an authority that is not known here', fix: AUTHORITY }],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', { why: 'its certificate is signed by an authority that is not known here', fix: AUTHORITY }],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', { why: 'its certificate is signed by an authority that is not known here', fix: AUTHORITY }],
  ['ERR_TLS_CERT_ALTNAME_INVALID', { why: 'its certificate is for another host name', fix: 'Use a name that is in the engine\'s certificate, or give it one for this name.' }],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', { why: 'it wants a client certificate, and none was sent', fix: CLIENT_CERTIFICATE }],
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', { why: 'it does not know the authority of the client certificate', fix: CLIENT_CERTIFICATE }],
  ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', { why: 'it refuses the client certificate, or wants one', fix: CLIENT_CERTIFICATE }],
  ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', { why: 'the client certificate has expired', fix: CLIENT_CERTIFICATE }],
  ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', { why: 'it breaks off the TLS handshake; it may want a client certificate', fix: CLIENT_CERTIFICATE }],
  ['ERR_SSL_WRONG_VERSION_NUMBER', { why: 'it does not speak TLS at that port', fix: 'Use the port at which the engine speaks TLS, usually 2376.' }],
])

/** connect(2) tells ECONNREFUSED of a socket that nobody listens at, and of everything that is no socket. */
function socketFile({ address }: Endpoint, code: string): Failure | undefined {
  if (!address.startsWith('unix://') || (code !== 'ECONNREFUSED' && code !== 'ENOENT'))
    return undefined
  const path = address.slice('unix://'.length)
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found)
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ? { why: 'that is a link, and what it leads to is not there' } : undefined
  if (found.isSocket())
    return { why: 'nothing listens at that socket; it may be left over from an engine that has ended' }
  return { why: `that is a ${found.isDirectory() ? 'folder' : 'file'}, not a socket`, fix: 'Name the engine\'s socket, as in unix:///var/run/docker.sock.' }
}

/** The engine knows nothing of that id (any more). */
export const isGone = (error: unknown): boolean => error instanceof ProblemError && error.problem.code === 'CONTAINER_GONE'
