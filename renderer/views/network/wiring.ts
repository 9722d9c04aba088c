import type { Port } from '../../../shared/model/container'
import type { ListeningSocket, Network, NetworkInterface } from '../../../shared/model/network'

/** An interface inside, and what it is joined to on the host as far as that is known. */
export interface Cable {
  inside: NetworkInterface
  /** The other end of its veth pair. */
  peer: string | null
  bridge: { name: string, addresses: string[] } | null
}

/** A port of the host that leads to a port inside. */
export interface PortRoute {
  port: Port
  /** Who listens on the port inside; null when the sockets inside are not known. */
  listeners: ListeningSocket[] | null
  /** Who holds the port on the host: usually docker's proxy, or nobody where packets are only rewritten. */
  holders: ListeningSocket[]
}

const isSocketOf = (socket: ListeningSocket, protocol: string, port: number): boolean =>
  socket.port === port && socket.protocol.replace('6', '') === protocol

/** The engine writes no address where it publishes on all of them. */
const isAt = ({ address }: ListeningSocket, hostAddress: string | null): boolean =>
  hostAddress === null || hostAddress === '' || address === hostAddress

/** Every interface inside with its way out; loopback has none. */
export const cables = ({ inside, host }: Network): Cable[] =>
  (inside?.interfaces ?? []).map(each => ({
    inside: each,
    peer: each.hostPeer,
    bridge: each.hostBridge === null
      ? null
      : { name: each.hostBridge, addresses: host?.interfaces.find(({ name }) => name === each.hostBridge)?.addresses ?? [] },
  }))

/** The published ports, each with who is at either end. */
export const portRoutes = ({ published, inside, host }: Network): PortRoute[] =>
  published.filter(({ hostPort }) => hostPort !== null).map(port => ({
    port,
    listeners: inside ? inside.listening.filter(socket => isSocketOf(socket, port.protocol, port.containerPort)) : null,
    holders: host?.listening.filter(socket => port.hostPort !== null && isSocketOf(socket, port.protocol, port.hostPort) && isAt(socket, port.hostAddress)) ?? [],
  }))
