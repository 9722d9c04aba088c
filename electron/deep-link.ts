import type { HostCommand } from '../shared/contract/contract'

const CONTAINER_LINK = /^isoscope:\/\/container\/([0-9a-f]{12,64})$/

/** `isoscope://container/<12 to 64 hex digits>`, exactly so, as what the page is asked to do; anything else is null. */
export function linkedContainer(link: string): HostCommand | null {
  const idPrefix = CONTAINER_LINK.exec(link)?.[1]
  return idPrefix === undefined ? null : { command: 'openContainer', idPrefix }
}
