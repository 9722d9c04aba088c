import { z } from 'zod'
import { Port } from './container'

export const NetworkInterface = z.object({
  name: z.string(),
  macAddress: z.string().nullable(),
  mtu: z.number().int().nullable(),
  /** `operstate` of sysfs: up, down, unknown. */
  state: z.string().nullable(),
  /** With prefix length: `172.17.0.2/16`. */
  addresses: z.array(z.string()),
  receivedBytes: z.number(),
  sentBytes: z.number(),
  /** The other end of a veth pair, on the engine host; null: there is none, unless `hostPeerUnknownBecause` says that it could not be told. */
  hostPeer: z.string().nullable(),
  /** The bridge that the peer is plugged into. */
  hostBridge: z.string().nullable(),
  /** Why no peer and no bridge are told although there may be some. Recordings of before 2026-11-28 do not say it. */
  hostPeerUnknownBecause: z.string().nullable().default('this recording does not tell an interface without an other end from one whose other end was not known'),
})
export type NetworkInterface = z.infer<typeof NetworkInterface>

export const ListeningSocket = z.object({
  protocol: z.enum(['tcp', 'tcp6', 'udp', 'udp6']),
  address: z.string(),
  port: z.number().int(),
  /** The engine host's PID and the name of the process that holds it; null when it could not be told. */
  hostPid: z.number().int().nullable(),
  command: z.string().nullable(),
})
export type ListeningSocket = z.infer<typeof ListeningSocket>

/** What one network namespace has. */
export const NetworkView = z.object({
  interfaces: z.array(NetworkInterface),
  /** Addresses whose interface could not be told. */
  otherAddresses: z.array(z.string()),
  listening: z.array(ListeningSocket),
  defaultGateway: z.string().nullable(),
})
export type NetworkView = z.infer<typeof NetworkView>

export const Network = z.object({
  /** As declared: `bridge`, `host`, `none`, `container:<id>`, or a network's name. */
  mode: z.string(),
  inside: NetworkView.nullable(),
  host: NetworkView.nullable(),
  published: z.array(Port),
  /** The engine's networks that it is attached to (`docker inspect`, .NetworkSettings.Networks). */
  attached: z.array(z.object({ name: z.string(), address: z.string().nullable(), gateway: z.string().nullable() })),
})
export type Network = z.infer<typeof Network>
