import type { Port } from '../../../shared/model/container'

/** Ports as `docker ps` writes them: `0.0.0.0:8080->8080/tcp, 9000/tcp`. */
export const portWords = (ports: readonly Port[]): string => ports
  .map(({ containerPort, protocol, hostPort, hostAddress }) =>
    hostPort === null ? `${containerPort}/${protocol}` : `${formatAddress(hostAddress)}${hostPort}->${containerPort}/${protocol}`)
  .join(', ')

function formatAddress(address: string | null): string {
  if (address === null || address === '')
    return ''
  return address.includes(':') ? `[${address}]:` : `${address}:`
}
