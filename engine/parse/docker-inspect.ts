import { z } from 'zod'

const text = z.string().nullish().transform(value => value ?? '')
const list = <T extends z.ZodType>(item: T) => z.array(item).nullish().transform(value => value ?? [])
const texts = list(z.string())
const dictionary = <T extends z.ZodType>(value: T) => z.record(z.string(), value).nullish().transform(found => new Map(Object.entries(found ?? {})))

const Mount = z.object({ Type: text, Name: text, Source: text, Destination: text, RW: z.boolean().nullish(), Propagation: text })
const Device = z.object({ PathOnHost: text, PathInContainer: text, CgroupPermissions: text })
const Binding = z.object({ HostIp: text, HostPort: text })
const Endpoint = z.object({ IPAddress: text, IPPrefixLen: z.number().nullish(), Gateway: text, MacAddress: text })

/**
 * `GET /containers/{id}/json`, only the fields that Isoscope reads (Docker Engine API 1.41). Engines leave fields out and
 * send null for empty lists, so nothing but the id is demanded.
 */
export const RawInspect = z.object({
  Id: z.string().regex(/^[0-9a-f]{64}$/),
  Name: text,
  Created: text,
  Path: text,
  Args: texts,
  Image: text,
  Platform: text,
  RestartCount: z.number().nullish(),
  AppArmorProfile: text,
  ProcessLabel: text,
  State: z.object({
    Status: text,
    Pid: z.number().nullish(),
    ExitCode: z.number().nullish(),
    StartedAt: text,
    FinishedAt: text,
  }),
  Config: z.object({
    Image: text,
    Hostname: text,
    User: text,
    WorkingDir: text,
    Env: texts,
    Entrypoint: texts,
    Cmd: texts,
    Labels: dictionary(z.string()),
    Healthcheck: z.object({ Test: texts }).nullish(),
  }),
  HostConfig: z.object({
    PidMode: text,
    NetworkMode: text,
    IpcMode: text,
    UTSMode: text,
    UsernsMode: text,
    CgroupnsMode: text,
    Runtime: text,
    Privileged: z.boolean().nullish(),
    ReadonlyRootfs: z.boolean().nullish(),
    CapAdd: texts,
    CapDrop: texts,
    SecurityOpt: texts,
    MaskedPaths: z.array(z.string()).nullish(),
    ReadonlyPaths: z.array(z.string()).nullish(),
    Devices: list(Device),
    Tmpfs: dictionary(z.string()),
    Memory: z.number().nullish(),
    NanoCpus: z.number().nullish(),
    CpuQuota: z.number().nullish(),
    CpuPeriod: z.number().nullish(),
    PidsLimit: z.number().nullish(),
    RestartPolicy: z.object({ Name: text }).nullish(),
  }),
  GraphDriver: z.object({
    Name: text,
    Data: dictionary(z.string()),
  }).nullish(),
  Mounts: list(Mount),
  NetworkSettings: z.object({
    Ports: dictionary(z.array(Binding).nullish()),
    Networks: dictionary(Endpoint),
  }).nullish(),
})
export type RawInspect = z.infer<typeof RawInspect>
