import { z } from 'zod'

const text = z.string().nullish().transform(value => value ?? '')
const flag = z.boolean().nullish().transform(value => value ?? false)
const number = z.number().nullish().transform(value => value ?? 0)
const list = <T extends z.ZodType>(item: T) => z.array(item).nullish().transform(value => value ?? [])
const texts = list(z.string())
/** By every name that there can be: a record of zod's has no `__proto__`. */
const dictionary = <T extends z.ZodType>(value: T) =>
  z.unknown().optional().transform(found => new Map<string, unknown>(Object.entries(found ?? {}))).pipe(z.map(z.string(), value))
const keys = z.record(z.string(), z.unknown()).nullish().transform(value => Object.keys(value ?? {}))

const Binding = z.object({ HostIp: text, HostPort: text })
const Device = z.object({ PathOnHost: text, PathInContainer: text, CgroupPermissions: text })
const Ulimit = z.object({ Name: text, Soft: z.number(), Hard: z.number() })
/** With all that may stand beside what is read: what is not read is said (asked-beyond-plan.ts). */
const Mount = z.looseObject({
  Type: text,
  Source: text,
  Target: text,
  ReadOnly: flag,
  BindOptions: z.looseObject({ Propagation: text }).nullish(),
  VolumeOptions: z.looseObject({ NoCopy: flag }).nullish(),
  TmpfsOptions: z.looseObject({ SizeBytes: number, Mode: number }).nullish(),
})
export type RawAskedMount = z.infer<typeof Mount>
const Endpoint = z.object({ NetworkID: text, IPAMConfig: z.record(z.string(), z.unknown()).nullish(), Links: texts, Aliases: texts, DriverOpts: z.record(z.string(), z.unknown()).nullish() })

/**
 * `GET /containers/{id}/json` as far as it tells what a container was made of (Docker Engine API, "Create a container"): what a plan has a place for, and
 * beside it everything else, so that nothing that was asked for is lost unseen.
 */
export const RawAsked = z.object({
  Id: z.string().regex(/^[0-9a-f]{64}$/),
  Name: text,
  /** The image's id. */
  Image: text,
  Config: z.looseObject({
    Image: text,
    Hostname: text,
    User: text,
    WorkingDir: text,
    Env: texts,
    Entrypoint: texts,
    Cmd: texts,
    Labels: dictionary(z.string()),
    ExposedPorts: keys,
    Volumes: keys,
    Tty: flag,
    OpenStdin: flag,
    AttachStdout: flag,
    StopSignal: text,
    StopTimeout: z.number().nullish(),
    Healthcheck: z.unknown().optional(),
  }),
  HostConfig: z.looseObject({
    Binds: texts,
    Mounts: list(Mount),
    Tmpfs: dictionary(z.string()),
    NetworkMode: text,
    PidMode: text,
    IpcMode: text,
    UTSMode: text,
    UsernsMode: text,
    CgroupnsMode: text,
    PortBindings: dictionary(list(Binding)),
    PublishAllPorts: flag,
    ExtraHosts: texts,
    Dns: texts,
    GroupAdd: texts,
    RestartPolicy: z.object({ Name: text, MaximumRetryCount: number }).nullish(),
    AutoRemove: flag,
    Init: z.boolean().nullish(),
    Privileged: flag,
    ReadonlyRootfs: flag,
    CapAdd: texts,
    CapDrop: texts,
    SecurityOpt: texts,
    MaskedPaths: z.array(z.string()).nullish(),
    ReadonlyPaths: z.array(z.string()).nullish(),
    Sysctls: dictionary(z.string()),
    Runtime: text,
    Devices: list(Device),
    ShmSize: number,
    NanoCpus: number,
    CpuPeriod: number,
    CpuQuota: number,
    CpuShares: number,
    CpusetCpus: text,
    Memory: number,
    MemorySwap: number,
    PidsLimit: number,
    Ulimits: list(Ulimit),
    LogConfig: z.object({ Type: text, Config: dictionary(z.string()) }).nullish(),
  }),
  NetworkSettings: z.object({ Networks: dictionary(Endpoint) }).nullish(),
})
export type RawAsked = z.infer<typeof RawAsked>
