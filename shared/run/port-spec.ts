import { PublishedPort } from '../model/run-plan'
import { isAddress } from './addresses'
import { WrongValue } from './wrong-value'

const HOW = 'Write [ADDRESS:][HOST-PORT:]CONTAINER-PORT[/tcp|udp|sctp], such as 127.0.0.1:8080:80.'
/** One range is one line of the form for each of its ports. */
const MOST = 500

/** What follows `--publish`; a range is all of its ports (docker/go-connections, nat.ParsePortSpec). */
export function parsePorts(spec: string): PublishedPort[] {
  if (spec.includes('='))
    throw new WrongValue('is in the form of docker service', HOW)
  const [, bracketed, plain = '', hostPort = '', containerPort = '', protocol = 'tcp'] = /^(?:(?:\[([^\]]*)\]|([^:[\]]*)):)??(?:([\d-]*):)?([\d-]+)(?:\/([a-zA-Z]+))?$/.exec(spec) ?? []
  const hostAddress = bracketed ?? plain
  const inside = range(containerPort)
  // Port 0 of the host is any that is free.
  const outside = hostPort === '' ? null : range(hostPort, 0)
  if (inside === null || (hostPort !== '' && outside === null))
    throw new WrongValue('is no port to publish', HOW)
  if (hostAddress !== '' && !isAddress(hostAddress))
    throw new WrongValue(`publishes on ${hostAddress}, which is no IP address`, 'Write an address of the host, such as 127.0.0.1; IPv6 in brackets: [::1].')
  const known = parseProtocol(protocol)
  const count = inside.to - inside.from + 1
  const isOneToOne = outside !== null && outside.to - outside.from + 1 === count
  if (outside !== null && !isOneToOne && count !== 1)
    throw new WrongValue('has ranges of different length', 'Give both ranges as many ports.')
  return Array.from({ length: count }, (_, index) => ({
    hostAddress,
    hostPort: outside === null ? '' : isOneToOne ? String(outside.from + index) : `${outside.from}-${outside.to}`,
    containerPort: inside.from + index,
    protocol: known,
  }))
}

/** What follows `--expose`: `80`, `80-90/udp`. */
export function parseExposed(spec: string): { containerPort: number, protocol: PublishedPort['protocol'] }[] {
  const [, ports = '', protocol = 'tcp'] = /^([\d-]+)(?:\/([a-zA-Z]+))?$/.exec(spec) ?? []
  const found = range(ports)
  if (found === null)
    throw new WrongValue('is no port', 'Write PORT[/tcp|udp|sctp], or a range such as 8000-8010.')
  const known = parseProtocol(protocol)
  return Array.from({ length: found.to - found.from + 1 }, (_, index) => ({ containerPort: found.from + index, protocol: known }))
}

function parseProtocol(text: string): PublishedPort['protocol'] {
  const known = PublishedPort.shape.protocol.safeParse(text.toLowerCase())
  if (!known.success)
    throw new WrongValue(`has the protocol ${text}`, 'Use tcp, udp or sctp.')
  return known.data
}

/** A port, or a range of them; null where it is none. */
function range(text: string, lowest = 1): { from: number, to: number } | null {
  const [, first, last] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? []
  const from = Number(first)
  const to = Number(last ?? first)
  if (first === undefined || from < lowest || to > 65_535 || from > to)
    return null
  if (to - from >= MOST)
    throw new WrongValue(`is a range of more than ${MOST} ports`, 'Publish fewer, or use the host’s network.')
  return { from, to }
}

/** The shortest that `parsePorts` reads back. */
export function portText({ hostAddress, hostPort, containerPort, protocol }: PublishedPort): string {
  const address = hostAddress.includes(':') ? `[${hostAddress}]` : hostAddress
  const host = address === '' ? hostPort === '' ? '' : `${hostPort}:` : `${address}:${hostPort}:`
  return `${host}${exposedText({ containerPort, protocol })}`
}

export const exposedText = ({ containerPort, protocol }: Pick<PublishedPort, 'containerPort' | 'protocol'>): string =>
  `${containerPort}${protocol === 'tcp' ? '' : `/${protocol}`}`
