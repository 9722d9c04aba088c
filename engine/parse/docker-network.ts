import { z } from 'zod'
import type { RunContext } from '../../shared/model/run-context'

/** One item of `GET /networks`. */
export const RawNetwork = z.object({
  Name: z.string(),
  Driver: z.string().nullish().transform(value => value ?? ''),
  Internal: z.boolean().nullish(),
  Options: z.record(z.string(), z.string()).nullish(),
})
export type RawNetwork = z.infer<typeof RawNetwork>

/** The option is the bridge driver's own (libnetwork, drivers/bridge/labels.go); without it ports are published on every address. */
export const parseNetwork = ({ Name, Driver, Internal, Options }: RawNetwork): RunContext['networks'][number] => ({
  name: Name,
  driver: Driver,
  isInternal: Internal ?? false,
  publishesOn: Options?.['com.docker.network.bridge.host_binding_ipv4'] ?? (Driver === 'bridge' ? '' : null),
})
