import type { Port } from '../../shared/model/container'

interface PortRange {
  first: Port
  last: Port
}

/** As `docker ps` writes them, neighbours as one range: `0.0.0.0:8000-8002->8000-8002/tcp, 9000/tcp`. */
export function formatPorts(ports: readonly Port[]): string {
  const sorted = [...ports].sort((a, b) =>
    order(a.hostAddress ?? '', b.hostAddress ?? '') || order(a.protocol, b.protocol) || a.containerPort - b.containerPort)
  const ranges: PortRange[] = []
  for (const port of sorted) {
    const range = ranges.at(-1)
    if (range && isNext(range.last, port))
      range.last = port
    else
      ranges.push({ first: port, last: port })
  }
  return ranges.map(formatRange).join(', ')
}

function isNext(before: Port, after: Port): boolean {
  return before.hostAddress === after.hostAddress
    && before.protocol === after.protocol
    && before.containerPort + 1 === after.containerPort
    && (before.hostPort === null ? after.hostPort === null : after.hostPort === before.hostPort + 1)
}

function formatRange({ first, last }: PortRange): string {
  const inside = `${span(first.containerPort, last.containerPort)}/${first.protocol}`
  if (first.hostPort === null || last.hostPort === null)
    return inside
  return `${formatAddress(first.hostAddress)}:${span(first.hostPort, last.hostPort)}->${inside}`
}

/** An IPv6 address in brackets, as it stands before a port (RFC 3986, 3.2.2). */
export function formatAddress(address: string | null): string {
  return address?.includes(':') ? `[${address}]` : address ?? ''
}

const order = (a: string, b: string): number => Number(a > b) - Number(a < b)

const span = (first: number, last: number): string => first === last ? `${first}` : `${first}-${last}`
