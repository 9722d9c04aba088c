import type { Endpoint } from '../../shared/model/engine'
import { ProblemError } from '../../shared/model/problem'
import type { RawVersion } from '../parse/docker-version'

/** The newest Engine API that these parsers were written for; older engines are asked in their own version. */
const NEWEST_API = '1.51'
/** Of Docker 1.12, and the oldest that Docker's own command still speaks: `Mounts` and the type of an event are in it. */
const OLDEST_API = '1.24'

/**
 * The newest version that both know, out of the engine's `GET /version`. Throws ProblemError ENGINE_TOO_OLD when the engine knows none
 * that is new enough, ENGINE_TOO_NEW when it no longer speaks any that is old enough.
 */
export function spokenVersion({ address }: Endpoint, { ApiVersion, MinAPIVersion, Version }: RawVersion): string {
  if (isOlder(ApiVersion, OLDEST_API)) {
    throw new ProblemError({
      code: 'ENGINE_TOO_OLD',
      what: `The engine at ${address} (version ${Version}) speaks its API up to ${ApiVersion} only; Isoscope needs ${OLDEST_API} or newer.`,
      fix: 'Update Docker on the engine\'s machine.',
    })
  }
  if (MinAPIVersion !== null && isOlder(NEWEST_API, MinAPIVersion)) {
    throw new ProblemError({
      code: 'ENGINE_TOO_NEW',
      what: `The engine at ${address} (version ${Version}) speaks its API from ${MinAPIVersion} on only; this Isoscope knows it up to ${NEWEST_API}.`,
      fix: 'Update Isoscope.',
    })
  }
  return isOlder(ApiVersion, NEWEST_API) ? ApiVersion : NEWEST_API
}

/** An engine that was updated, or set back, while we were connected: "client version 1.51 is too new. Maximum supported API version is 1.41". */
export const isVersionRefusal = (message: string): boolean => /client version \S+ is too (?:new|old)/.test(message)

function isOlder(one: string, other: string): boolean {
  const [major = 0, minor = 0] = one.split('.').map(Number)
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number)
  return major < otherMajor || (major === otherMajor && minor < otherMinor)
}
