import { z } from 'zod'
import { type Container, ListedContainer, type Port } from '../../shared/model/container'
import { ContainerState } from '../../shared/model/container-state'

const text = z.string().nullish().transform(value => value ?? '')

/** One entry of `GET /containers/json`, only what Isoscope reads. */
export const RawContainer = z.object({
  Id: z.string().regex(/^[0-9a-f]{64}$/),
  Names: z.array(z.string()).nullish(),
  Image: text,
  Command: text,
  /** Seconds; within what a date can be. */
  Created: z.number().min(-8.64e12).max(8.64e12),
  State: text,
  Status: text,
  /** Those of what Isoscope made alone (engine/sources/action-gate.ts, shared/model/temporary.ts). */
  Labels: z.object({ 'io.isoscope.helper': z.string().optional(), 'io.isoscope.temporary': z.string().optional(), 'io.isoscope.temporary.owner': z.string().optional() }).nullish(),
  Ports: z.array(z.object({ IP: text, PrivatePort: z.number(), PublicPort: z.number().nullish(), Type: text })).nullish(),
})
export type RawContainer = z.infer<typeof RawContainer>

export function parseListedContainer(raw: RawContainer): Container {
  return {
    id: raw.Id,
    name: ownName(raw.Names ?? [], raw.Id),
    image: raw.Image,
    command: raw.Command,
    createdAt: new Date(raw.Created * 1000).toISOString(),
    state: parseState(raw.State),
    status: raw.Status,
    ports: (raw.Ports ?? []).map((port): Port => ({
      containerPort: port.PrivatePort,
      protocol: port.Type,
      hostPort: port.PublicPort ?? null,
      hostAddress: port.PublicPort == null ? null : port.IP,
    })).sort(byPort),
  }
}

/** The same with what Isoscope made it for, if it did. */
export function parseListEntry(raw: RawContainer): ListedContainer {
  const { data } = ListedContainer.shape.temporary.safeParse(raw.Labels?.['io.isoscope.temporary'])
  return { ...parseListedContainer(raw), ...data && { temporary: data } }
}

/** Links add names with a second slash (`/other/alias`): the container's own has one. */
const ownName = (names: readonly string[], id: string): string =>
  names.find(name => name.lastIndexOf('/') === 0)?.slice(1) ?? id.slice(0, 12)

export function parseState(text: string): ContainerState {
  const state = ContainerState.safeParse(text)
  return state.success ? state.data : 'unknown'
}

const byPort = (a: Port, b: Port): number =>
  a.containerPort - b.containerPort || inOrder(a.protocol, b.protocol) || inOrder(a.hostAddress ?? '', b.hostAddress ?? '')

/** By code unit: the same whatever this computer's language is. The collation of a language also takes a tenth of Node.js's own start to load. */
const inOrder = (a: string, b: string): number => a < b ? -1 : a > b ? 1 : 0
