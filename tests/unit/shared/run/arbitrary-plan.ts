import fc from 'fast-check'
import { emptyPlan, type PlannedMount, type RunPlan } from '../../../../shared/model/run-plan'

const notEmpty = (pattern: RegExp): fc.Arbitrary<string> => fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }).filter(text => pattern.test(text))
const anything = notEmpty(/^[^\0\r]+$/)
const orNothing = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(some, { nil: null, freq: 2 })
const sometimes = (some: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.oneof({ weight: 2, arbitrary: fc.constant('') }, some)
const few = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(some, { maxLength: 3 })
const positive = fc.integer({ min: 1 })

const port = fc.integer({ min: 1, max: 65_535 })
const protocol = fc.constantFrom('tcp', 'udp', 'sctp')
const address = fc.constantFrom('127.0.0.1', '::1', '0.0.0.0', 'fe80::1')
const path = notEmpty(/^[^\0\r:]*$/).map(text => `/${text}`)
const option = notEmpty(/^[^\0\r,:]+$/)
const volume = notEmpty(/^[^.~\0\r:][^\0\r:]*$/)
const container = anything.map(name => `container:${name}`)

const mount: fc.Arbitrary<PlannedMount> = fc.oneof<fc.Arbitrary<PlannedMount>[]>(
  fc.record({ flag: fc.constant('volume'), source: fc.oneof(path, volume), target: path, options: few(option) }),
  fc.record({ flag: fc.constant('volume'), source: fc.constant(null), target: path, options: fc.constant<string[]>([]) }),
  fc.record({ flag: fc.constant('tmpfs'), target: path, options: few(option) }),
  fc.record({ flag: fc.constant('mount'), type: fc.constant('bind'), source: path, target: path, isReadOnly: fc.boolean(), propagation: orNothing(fc.constantFrom('rslave', 'shared', 'rprivate')) }),
  fc.record({ flag: fc.constant('mount'), type: fc.constant('volume'), source: orNothing(volume), target: path, isReadOnly: fc.boolean(), isCopied: fc.boolean() }),
  fc.record({ flag: fc.constant('mount'), type: fc.constant('tmpfs'), target: path, isReadOnly: fc.boolean(), sizeBytes: orNothing(positive), mode: orNothing(fc.integer({ min: 1, max: 0o7777 })) }),
)

const uniqueNames = <T extends { name: string }>(some: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.uniqueArray(some, { maxLength: 3, selector: ({ name }) => name })
const named = fc.record({ name: notEmpty(/^[^=\0\r]+$/), value: fc.oneof(fc.constant(''), anything) })

/** Any plan that a person may ask for, as it is when it has been through a line: with what can be said in two ways said in one. */
export const anyPlan: fc.Arbitrary<RunPlan> = fc.record({
  image: fc.constantFrom('nginx', 'registry.example:5000/team/app:1.2', 'a@sha256:0123'),
  command: few(fc.oneof(fc.constant(''), anything, fc.constantFrom('-p', '--', '--rm'))),
  entrypoint: orNothing(fc.oneof(fc.constant(''), anything)),
  name: fc.constantFrom('', 'web', 'a_b.c-d'),
  isDetached: fc.boolean(),
  isInteractive: fc.boolean(),
  hasTerminal: fc.boolean(),
  isRemovedAtEnd: fc.boolean(),
  hasInit: orNothing(fc.boolean()),
  restart: fc.oneof(
    fc.record({ policy: fc.constantFrom('no', 'always', 'unless-stopped'), maximumRetries: fc.constant(0) }),
    fc.record({ policy: fc.constant('on-failure'), maximumRetries: fc.nat(100) }),
  ),
  stopSignal: sometimes(anything),
  stopTimeoutSeconds: orNothing(fc.integer()),
  hostname: sometimes(anything),
  user: sometimes(anything),
  workingDirectory: sometimes(anything),
  groups: few(anything),
  environment: few(named),
  labels: uniqueNames(named),
  ports: few(fc.record({ hostAddress: fc.oneof(fc.constant(''), address), hostPort: fc.oneof(fc.constant(''), port.map(String), fc.constant('8000-8010')), containerPort: port, protocol })),
  exposed: few(fc.record({ containerPort: port, protocol })),
  publishesAll: fc.boolean(),
  extraHosts: few(fc.record({ name: notEmpty(/^[^=:\0\r]+$/), address: fc.oneof(address, fc.constant('host-gateway')) })),
  dns: few(address),
  mounts: few(mount),
  isReadOnlyRoot: fc.boolean(),
  devices: few(fc.record({ onHost: path.filter(text => !text.endsWith('*')), inside: fc.oneof(path, fc.constant('/dev/x')), permissions: fc.constantFrom('rwm', 'r', 'rw', 'mr') })),
  sharedMemoryBytes: orNothing(positive),
  modes: fc.record({
    network: fc.oneof(fc.constantFrom('', 'host', 'none', 'bridge', 'own'), notEmpty(/^[^=,\0\r]+$/)),
    pid: fc.oneof(fc.constantFrom('', 'host'), container),
    ipc: fc.oneof(fc.constantFrom('', 'host', 'private', 'none', 'shareable'), container),
    uts: fc.constantFrom('', 'host'),
    user: fc.constantFrom('', 'host'),
    cgroup: fc.constantFrom('', 'host', 'private'),
  }),
  isPrivileged: fc.boolean(),
  capabilitiesAdded: few(fc.constantFrom('NET_ADMIN', 'cap_sys_admin', 'all')),
  capabilitiesDropped: few(fc.constantFrom('ALL', 'chown')),
  securityOptions: few(fc.constantFrom('no-new-privileges', 'no-new-privileges:false', 'seccomp=unconfined', 'apparmor:unconfined', 'label=disable', 'systempaths=unconfined')),
  sysctls: uniqueNames(named),
  runtime: sometimes(anything),
  limits: fc.record({
    nanoCpus: orNothing(positive),
    cpuShares: orNothing(positive),
    cpuset: sometimes(anything),
    memoryBytes: orNothing(positive),
    memorySwapBytes: orNothing(fc.oneof(fc.constant(-1), positive)),
    pids: orNothing(fc.oneof(fc.constant(-1), positive)),
    ulimits: fc.constantFrom([], [{ name: 'nofile', soft: 1024, hard: 2048 }], [{ name: 'core', soft: -1, hard: -1 }, { name: 'stack', soft: 1, hard: -1 }]),
  }),
} satisfies { [K in keyof RunPlan]: fc.Arbitrary<RunPlan[K]> })
  .map(plan => ({ ...plan, isRemovedAtEnd: plan.isRemovedAtEnd && plan.restart.policy === 'no' }))

/** A plan with one thing said. */
export const planWith = (said: Partial<RunPlan>): RunPlan => ({ ...emptyPlan('busybox'), ...said })
