import type { Port } from '../model/container'

/** Every address of the host, IPv4 or IPv6; the engine writes an empty string for both at once. */
const ALL_ADDRESSES = new Set(['', '0.0.0.0', '::', '[::]'])

/** Published, and not bound to one address of the host. */
export const isPublishedOnAll = ({ hostPort, hostAddress }: Port): boolean =>
  hostPort !== null && ALL_ADDRESSES.has(hostAddress ?? '')
