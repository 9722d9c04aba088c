import { z } from 'zod'
import { ContainerState } from './container-state'
import { TemporaryPurpose } from './temporary'

export const Port = z.object({
  containerPort: z.number().int(),
  protocol: z.string(),
  /** Null: exposed by the image, not published on the host. */
  hostPort: z.number().int().nullable(),
  hostAddress: z.string().nullable(),
})
export type Port = z.infer<typeof Port>

/** One line of `docker ps`. */
export const Container = z.object({
  /** All 64 hex digits. */
  id: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string(),
  image: z.string(),
  command: z.string(),
  createdAt: z.string(),
  state: ContainerState,
  /** The engine's words: `Up 3 minutes`, `Exited (0) 2 hours ago`. */
  status: z.string(),
  ports: z.array(Port),
})
export type Container = z.infer<typeof Container>

/** One of the list, where what Isoscope made for a while is told from the rest. */
export const ListedContainer = Container.extend({ temporary: TemporaryPurpose.optional() })
export type ListedContainer = z.infer<typeof ListedContainer>

/** Enough of another container to name it. */
export const ContainerRef = z.object({ id: z.string(), name: z.string() })
export type ContainerRef = z.infer<typeof ContainerRef>

/** A mount as the engine declares it (`docker inspect`, .Mounts). */
export const DeclaredMount = z.object({
  type: z.string(),
  source: z.string(),
  destination: z.string(),
  isReadOnly: z.boolean(),
  propagation: z.string(),
})
export type DeclaredMount = z.infer<typeof DeclaredMount>

/** One container as `docker inspect` knows it. Values of environment variables are never collected: only their names. */
export const ContainerDetail = Container.extend({
  imageId: z.string(),
  /** The engine host's PID of the container's first process; null while none runs. */
  hostPid: z.number().int().nullable(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  exitCode: z.number().int().nullable(),
  restartCount: z.number().int(),
  runtime: z.string(),
  platform: z.string(),
  /** As configured (`Config.User`); empty means root. */
  user: z.string(),
  workingDirectory: z.string(),
  entrypoint: z.array(z.string()),
  arguments: z.array(z.string()),
  environment: z.array(z.object({ name: z.string(), looksSecret: z.boolean() })),
  labels: z.array(z.object({ name: z.string(), value: z.string() })),
  /** Namespace modes as declared; an empty string is the engine's default. */
  modes: z.object({
    pid: z.string(),
    network: z.string(),
    ipc: z.string(),
    uts: z.string(),
    user: z.string(),
    cgroup: z.string(),
  }),
  isPrivileged: z.boolean(),
  isReadOnlyRoot: z.boolean(),
  capabilitiesAdded: z.array(z.string()),
  capabilitiesDropped: z.array(z.string()),
  securityOptions: z.array(z.string()),
  /** Null: the engine's answer has no such list (a privileged container). */
  maskedPaths: z.array(z.string()).nullable(),
  readOnlyPaths: z.array(z.string()).nullable(),
  devices: z.array(z.object({ onHost: z.string(), inside: z.string(), permissions: z.string() })),
  mounts: z.array(DeclaredMount),
  appArmorProfile: z.string(),
  restartPolicy: z.string(),
  hasHealthCheck: z.boolean(),
  /** Declared limits; null: none was declared. */
  limits: z.object({
    memoryBytes: z.number().nullable(),
    cpus: z.number().nullable(),
    pids: z.number().nullable(),
  }),
})
export type ContainerDetail = z.infer<typeof ContainerDetail>
