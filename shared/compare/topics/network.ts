import { verdictOfNamespace } from '../../analysis/namespaces'
import type { Port } from '../../model/container'
import type { ListeningSocket, NetworkView } from '../../model/network'
import type { Snapshot } from '../../model/snapshot'
import { type Answer, evidenceSays, isKnown, type Question, type Topic } from '../question'

const inside = (fact: string, what: string, ask: (view: NetworkView) => Answer): Question =>
  ({ fact: `network.inside.${fact}`, what, ask: ({ network }) => network.inside && ask(network.inside), whyNot: evidenceSays('network.inside') })

const ofEngine = (fact: string, what: string, ask: (network: Snapshot['network']) => Answer): Question =>
  ({ fact: `network.${fact}`, what, ask: snapshot => isKnown(snapshot, 'network.published') ? ask(snapshot.network) : null, whyNot: evidenceSays('network.published') })

export const network: Topic = {
  title: 'Network and names',
  questions: [
    inside('interfaces', 'interfaces', ({ interfaces }) => interfaces.map(({ name }) => name)),
    {
      // Without its prefix length, which is not known of all; so is not which interface has it.
      ...inside('addresses', 'addresses', ({ interfaces, otherAddresses }) => [...interfaces.flatMap(({ addresses }) => addresses), ...otherAddresses].map(withoutPrefix)),
      isOwn: snapshot => verdictOfNamespace(snapshot, 'net') === 'private',
    },
    inside('defaultGateway', 'default gateway', ({ defaultGateway }) => defaultGateway ?? 'none'),
    inside('listening', 'listening sockets', ({ listening }) => listening.map(socketWords)),
    ofEngine('published', 'published ports', ({ published }) => published.map(portWords)),
    ofEngine('attached', 'networks of the engine', ({ attached }) => attached.map(({ name }) => name)),
    {
      fact: 'hostname.inside',
      what: 'hostname',
      ask: ({ hostname }) => hostname.inside,
      whyNot: evidenceSays('hostname.inside'),
      kind: ({ evidence }) => evidence['hostname.inside'].source === 'engine-api' ? 'the name as declared' : 'the name that the kernel has',
      // What the engine calls a container that was given no hostname.
      isOwn: ({ hostname, container }) => hostname.inside === container.id.slice(0, 12),
    },
  ],
}

const withoutPrefix = (address: string): string => address.replace(/\/\d+$/, '')

/** An IPv6 address in brackets, as it stands before a port (RFC 3986, 3.2.2). */
const beforePort = (address: string): string => address.includes(':') ? `[${address}]` : address

/** Not who listens: that is not known of all. */
const socketWords = ({ protocol, address, port }: ListeningSocket): string => `${protocol} ${beforePort(address)}:${port}`

const portWords = ({ hostAddress, hostPort, containerPort, protocol }: Port): string => `${beforePort(hostAddress ?? '')}:${hostPort ?? ''} to ${containerPort}/${protocol}`
