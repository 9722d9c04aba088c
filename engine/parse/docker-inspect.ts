import { z } from 'zod'

const text = z.string().nullish().transform(value => value ?? '')
/** A judgement rests on these, so the engine has to say them: null is an answer, a missing field is none. */
const said = {
  text: z.string().nullable().transform(value => value ?? ''),
  number: z.number().nullable(),
  flag: z.boolean().nullable(),
  texts: z.array(z.string()).nullable(),
}
const list = <T extends z.ZodType>(item: T) => z.array(item).nullish().transform(value => value ?? [])
const texts = list(z.string())
const dictionary = <T extends z.ZodType>(value: T) => z.record(z.string(), value).nullish().transform(found => new Map(Object.entries(found ?? {})))

const Mount = z.object({ Type: text, Name: text, Source: z.string(), Destination: z.string(), RW: z.boolean().nullish(), Propagation: text })
const Device = z.object({ PathOnHost: text, PathInContainer: text, CgroupPermissions: text })
const Binding = z.object({ HostIp: text, HostPort: text })
const Endpoint = z.object({ IPAddress: text, IPPrefixLen: z.number().nullish(), Gateway: text, MacAddress: text })

/**
 * `GET /containers/{id}/json`, only the fields that Isoscope reads (Docker Engine API 1.41). Engines leave fields out and
 * send null for empty lists, so nothing is demanded but the id and what no judgement can do without.
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
  /** What was begun in it with `docker exec` and has not ended. */
  ExecIDs: texts,
  State: z.object({
    Status: said.text,
    Pid: said.number,
    ExitCode: z.number().nullish(),
    StartedAt: text,
    FinishedAt: text,
  }),
  Config: z.object({
    Image: text,
    Hostname: text,
    User: said.text,
    WorkingDir: text,
    Env: texts,
    Entrypoint: texts,
    Cmd: texts,
    Labels: dictionary(z.string()),
    Healthcheck: z.object({ Test: texts }).nullish(),
  }),
  HostConfig: z.object({
    PidMode: said.text,
    NetworkMode: said.text,
    IpcMode: said.text,
    UTSMode: said.text,
    UsernsMode: said.text,
    CgroupnsMode: text,
    Runtime: text,
    Privileged: said.flag,
    ReadonlyRootfs: said.flag,
    CapAdd: said.texts.transform(value => value ?? []),
    CapDrop: said.texts.transform(value => value ?? []),
    SecurityOpt: said.texts.transform(value => value ?? []),
    MaskedPaths: said.texts,
    ReadonlyPaths: said.texts,
    Devices: list(Device),
    Tmpfs: dictionary(z.string()),
    Memory: said.number,
    NanoCpus: said.number,
    CpuQuota: said.number,
    CpuPeriod: z.number().nullish(),
    PidsLimit: said.number,
    RestartPolicy: z.object({ Name: text }).nullish(),
  }),
  GraphDriver: z.object({
    Name: text,
    Data: dictionary(z.string()),
  }).nullish(),
  Mounts: z.array(Mount).nullable().transform(value => value ?? []),
  NetworkSettings: z.object({
    Ports: dictionary(z.array(Binding).nullish()),
    Networks: dictionary(Endpoint),
  }).nullish(),
})
export type RawInspect = z.infer<typeof RawInspect>
