import { z } from 'zod'
import type { Endpoint, Engine } from '../../shared/model/engine'

const text = z.string().nullish().transform(value => value ?? '')

/** `GET /version`. */
export const RawVersion = z.object({
  Version: text,
  ApiVersion: z.string().regex(/^\d{1,4}\.\d{1,4}$/),
  /** Engines before 1.13 do not say it; what says something else says nothing. */
  MinAPIVersion: z.string().regex(/^\d{1,4}\.\d{1,4}$/).nullish().catch(null).transform(value => value ?? null),
  Platform: z.object({ Name: text }).nullish(),
  Components: z.array(z.object({ Name: text })).nullish(),
})
export type RawVersion = z.infer<typeof RawVersion>

/** `GET /info`. */
export const RawInfo = z.object({
  /** Podman makes up another one for each answer. */
  ID: text,
  Name: text,
  OperatingSystem: text,
  KernelVersion: text,
  Architecture: text,
  Driver: text,
  CgroupVersion: text,
  CgroupDriver: text,
  NCPU: z.number().nullish(),
  MemTotal: z.number().nullish(),
  /** Whether limits of that kind take effect: a kernel, or a rootless engine, may be without. */
  MemoryLimit: z.boolean().nullish(),
  CpuCfsQuota: z.boolean().nullish(),
  PidsLimit: z.boolean().nullish(),
  /** Of Podman alone. */
  BuildahVersion: text,
  /** Podman says it here and not among the security options. */
  Rootless: z.boolean().nullish(),
  SecurityOptions: z.array(z.string()).nullish().transform(value => value ?? []),
  DefaultRuntime: text,
  LoggingDriver: text,
  DockerRootDir: text,
  // A runtime of containerd's own has no path but a type: io.containerd.kata.v2.
  Runtimes: z.record(z.string(), z.object({ path: text, runtimeType: text })).nullish(),
})
export type RawInfo = z.infer<typeof RawInfo>

/** What the engine says of itself, and the version that is spoken with it. */
export type NegotiatedVersion = RawVersion & { readonly spokenApiVersion: string }

/** The names that `--runtime` may have, and what the engine starts for each. */
export const runtimesOf = ({ Runtimes }: Pick<RawInfo, 'Runtimes'>): Engine['runtimes'] =>
  Object.entries(Runtimes ?? {}).map(([name, { path, runtimeType }]) => ({ name, program: path || runtimeType }))

export const describeEngine = (endpoint: Endpoint, version: NegotiatedVersion, info: RawInfo): Engine => ({
  endpoint,
  product: productName(version),
  name: info.Name,
  version: version.Version,
  apiVersion: version.spokenApiVersion,
  operatingSystem: info.OperatingSystem,
  kernelVersion: info.KernelVersion,
  architecture: info.Architecture,
  storageDriver: info.Driver,
  // Engines before 20.10 know only version 1 and do not say so.
  cgroupVersion: info.CgroupVersion === '2' ? '2' : info.CgroupVersion === '1' || info.CgroupVersion === '' ? '1' : null,
  cgroupDriver: info.CgroupDriver,
  securityOptions: info.SecurityOptions,
  isRootless: info.Rootless === true || info.SecurityOptions.includes('name=rootless'),
  runtimes: runtimesOf(info),
  hasUserNamespaceRemap: info.SecurityOptions.some(option => option === 'name=userns'),
})

/** By what it calls itself. */
export const isPodman = ({ product }: Pick<Engine, 'product'>): boolean => /^podman\b/i.test(product)

/** The same before it is described: that is what its first component is called. */
export const isOfPodman = ({ Components }: Pick<RawVersion, 'Components'>): boolean => isPodman({ product: Components?.[0]?.Name ?? '' })

/**
 * Distributions' own builds leave `Platform.Name` empty, and Docker's first component is then just called `Engine`. Podman has the machine's
 * system there (`linux/amd64/debian-12`), and its own name in the component.
 */
function productName({ Platform, Components }: RawVersion): string {
  const component = Components?.[0]?.Name ?? ''
  if (isOfPodman({ Components }))
    return component
  return Platform?.Name || (component === '' || component === 'Engine' ? 'Docker Engine' : component)
}
