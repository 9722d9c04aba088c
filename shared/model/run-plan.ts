import { z } from 'zod'

/** No argument of a command may hold NUL (execve(2)), and none of a person's is longer. */
const text = z.string().max(32_768).refine(value => !value.includes('\0'), 'holds a NUL character')
const name = z.string().max(32_768).regex(/^[^\0]+$/)
const texts = z.array(text).max(1000)
const port = z.number().int().min(1).max(65_535)
/** A name ends at the first `=` of the line. */
const NamedValue = z.object({ name: z.string().max(32_768).regex(/^[^=\0]+$/), value: text })

/** A port of the container that is published on the host (docker-run(1), `--publish`). */
export const PublishedPort = z.object({
  /** Without brackets; an empty one is the engine's default, which is every address unless its administrator chose otherwise. */
  hostAddress: text,
  /** `8080`, or `8080-8090` for the first that is free; empty: any that the engine chooses. */
  hostPort: z.string().regex(/^(?:\d{1,5}(?:-\d{1,5})?)?$/),
  containerPort: port,
  protocol: z.enum(['tcp', 'udp', 'sctp']),
})
export type PublishedPort = z.infer<typeof PublishedPort>

/** From the top of the container's root. */
const inside = z.string().max(4096).regex(/^\/[^\0]*$/)
/** Nothing that depends on where a command is run. */
const fromHost = z.string().max(4096).regex(/^[^.~\0][^\0]*$/)
const withoutColon = (path: string): boolean => !path.includes(':')
const mountOptions = z.array(z.string().max(500).regex(/^[^,\0]+$/)).max(50)

/** By the flag that asks for it: the engine keeps the three apart, and so does `docker inspect`. */
export const PlannedMount = z.discriminatedUnion('flag', [
  /** `--volume`: a path of the host, a volume's name, or null for a volume without one. `options` as they stand after the second colon. */
  z.object({ flag: z.literal('volume'), source: fromHost.refine(withoutColon).nullable(), target: inside.refine(withoutColon), options: mountOptions })
    .refine(({ source, options }) => options.every(withoutColon) && (source !== null || options.length === 0)),
  /** `--tmpfs`; options as mount(8) takes them. */
  z.object({ flag: z.literal('tmpfs'), target: inside.refine(withoutColon), options: mountOptions }),
  z.discriminatedUnion('type', [
    z.object({ flag: z.literal('mount'), type: z.literal('bind'), source: fromHost, target: inside, isReadOnly: z.boolean(), propagation: z.enum(['private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave']).nullable() }),
    /** `isCopied`: what the image has there is copied into a new volume. */
    z.object({ flag: z.literal('mount'), type: z.literal('volume'), source: fromHost.nullable(), target: inside, isReadOnly: z.boolean(), isCopied: z.boolean() }),
    /** `mode` as chmod(2) takes it, not in octal digits. */
    z.object({ flag: z.literal('mount'), type: z.literal('tmpfs'), target: inside, isReadOnly: z.boolean(), sizeBytes: z.number().int().positive().nullable(), mode: z.number().int().min(1).max(0o7777).nullable() }),
  ]),
])
export type PlannedMount = z.infer<typeof PlannedMount>

/** What a person may ask of `docker run`. An empty text, an empty list, false and null leave it to the image or the engine. */
export const RunPlan = z.object({
  image: name.max(500).regex(/^[\w][\w.:/@-]*$/),
  /** What follows the image on the line. */
  command: texts,
  /** An empty one takes the image's away. */
  entrypoint: text.nullable(),
  name: z.string().regex(/^(?:[a-zA-Z0-9][\w.-]+)?$/).max(255),
  isDetached: z.boolean(),
  isInteractive: z.boolean(),
  hasTerminal: z.boolean(),
  /** `--rm`. */
  isRemovedAtEnd: z.boolean(),
  /** `--init`; null: as the engine does when nothing is said. */
  hasInit: z.boolean().nullable(),
  /** `maximumRetries` counts for `on-failure` alone; 0: without end. */
  restart: z.object({ policy: z.enum(['no', 'always', 'unless-stopped', 'on-failure']), maximumRetries: z.number().int().min(0) })
    .refine(({ policy, maximumRetries }) => policy === 'on-failure' || maximumRetries === 0),
  stopSignal: text,
  stopTimeoutSeconds: z.number().int().nullable(),

  hostname: text,
  user: text,
  workingDirectory: text,
  groups: texts,
  environment: z.array(NamedValue).max(1000),
  labels: z.array(NamedValue).max(1000),

  ports: z.array(PublishedPort).max(1000),
  /** `--expose`: told of, not published. */
  exposed: z.array(z.object({ containerPort: port, protocol: PublishedPort.shape.protocol })).max(1000),
  /** `--publish-all`. */
  publishesAll: z.boolean(),
  /** `--add-host`; the address may be `host-gateway`. */
  extraHosts: z.array(z.object({ name: z.string().regex(/^[^=:\0]+$/), address: name })).max(1000),
  dns: texts,

  mounts: z.array(PlannedMount).max(200),
  isReadOnlyRoot: z.boolean(),
  /** One path each: the docker client would look for `/dev/x*` on its own computer. */
  devices: z.array(z.object({ onHost: name.refine(path => withoutColon(path) && !path.endsWith('*')), inside: inside.refine(withoutColon), permissions: z.string().regex(/^[rwm]{1,3}$/) })).max(200),
  /** Of `/dev/shm`. */
  sharedMemoryBytes: z.number().int().positive().nullable(),

  /** Namespaces, as the flags have them; a container is `container:NAME`. */
  modes: z.object({
    /** `host`, `none`, `bridge`, a container, or the name of a network. */
    network: z.string().regex(/^[^=,\0]*$/),
    pid: z.string().regex(/^(?:host|container:.+)?$/s),
    ipc: z.string().regex(/^(?:host|none|private|shareable|container:.+)?$/s),
    uts: z.enum(['', 'host']),
    user: z.enum(['', 'host']),
    cgroup: z.enum(['', 'host', 'private']),
  }),

  isPrivileged: z.boolean(),
  /** As they were written: `NET_ADMIN`, `cap_net_admin` and `net_admin` are one. */
  capabilitiesAdded: z.array(z.string().regex(/^\w+$/)).max(100),
  capabilitiesDropped: z.array(z.string().regex(/^\w+$/)).max(100),
  /** A seccomp profile would be a file of the docker client's. */
  securityOptions: z.array(z.string().max(4096).regex(/^(?:no-new-privileges(?:[=:].*)?|seccomp[=:](?:unconfined|builtin)|(?:apparmor|label)[=:].*|systempaths=unconfined)$/s)).max(100),
  sysctls: z.array(NamedValue).max(1000),
  /** The name of one of the engine's runtimes. */
  runtime: text,

  limits: z.object({
    /** Thousand-millionths of a processor. */
    nanoCpus: z.number().int().positive().nullable(),
    cpuShares: z.number().int().positive().nullable(),
    /** `0-3`, `0,1`. */
    cpuset: text,
    memoryBytes: z.number().int().positive().nullable(),
    /** Memory and swap together; -1: as much swap as there is. */
    memorySwapBytes: z.number().int().min(-1).nullable(),
    /** -1: none, whatever the engine's default. */
    pids: z.number().int().min(-1).nullable(),
    /** -1 is no limit. */
    ulimits: z.array(z.object({ name: z.string().regex(/^[a-z]+$/), soft: z.number().int().min(-1), hard: z.number().int().min(-1) })).max(50),
  }),
})
export type RunPlan = z.infer<typeof RunPlan>

/** `docker run IMAGE`, and nothing else said. */
export const emptyPlan = (image: string): RunPlan => ({
  image,
  command: [],
  entrypoint: null,
  name: '',
  isDetached: false,
  isInteractive: false,
  hasTerminal: false,
  isRemovedAtEnd: false,
  hasInit: null,
  restart: { policy: 'no', maximumRetries: 0 },
  stopSignal: '',
  stopTimeoutSeconds: null,
  hostname: '',
  user: '',
  workingDirectory: '',
  groups: [],
  environment: [],
  labels: [],
  ports: [],
  exposed: [],
  publishesAll: false,
  extraHosts: [],
  dns: [],
  mounts: [],
  isReadOnlyRoot: false,
  devices: [],
  sharedMemoryBytes: null,
  modes: { network: '', pid: '', ipc: '', uts: '', user: '', cgroup: '' },
  isPrivileged: false,
  capabilitiesAdded: [],
  capabilitiesDropped: [],
  securityOptions: [],
  sysctls: [],
  runtime: '',
  limits: { nanoCpus: null, cpuShares: null, cpuset: '', memoryBytes: null, memorySwapBytes: null, pids: null, ulimits: [] },
})
