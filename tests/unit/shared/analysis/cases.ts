import type { Severity } from '../../../../shared/analysis/rule'
import type { Mount } from '../../../../shared/model/files'
import type { NamespaceVerdict } from '../../../../shared/model/namespace'
import type { NamespaceType } from '../../../../shared/model/namespace-type'
import type { Snapshot } from '../../../../shared/model/snapshot'
import { nodeappSnapshot, stoppedSnapshot } from '../nodeapp-snapshot'

export interface Case {
  title: string
  snapshot: Snapshot
  status: 'fail' | 'pass' | 'unknown' | 'not-applicable'
  /** The severity of the finding; for what did not fail, that of the rule. */
  severity: Severity
  /** Part of one line of the evidence. */
  evidence?: string
}

type Change = (draft: Snapshot) => void

const fail = (title: string, severity: Severity, change: Change, evidence?: string): Case =>
  ({ title, snapshot: nodeappSnapshot(change), status: 'fail', severity, ...evidence === undefined ? {} : { evidence } })
const other = (status: Case['status'], title: string, severity: Severity, change: Change, evidence?: string): Case =>
  ({ ...fail(title, severity, change, evidence), status })
const stopped = (status: Case['status'], title: string, severity: Severity, change: Change = () => {}): Case =>
  ({ title, snapshot: stoppedSnapshot(change), status, severity })

const verdict = (type: NamespaceType, found: NamespaceVerdict): Change => (draft) => {
  for (const namespace of draft.namespaces.filter(one => one.type === type)) {
    namespace.verdict = found
    namespace.container = found === 'host' ? namespace.host : found === 'unknown' ? null : namespace.container
    namespace.source.unknownBecause = found === 'unknown' ? 'No permission to read it.' : null
    namespace.sharedWith = found === 'shared' ? [{ id: 'ab'.repeat(32), name: 'web' }] : []
  }
}
const reported = (type: NamespaceType): Change => (draft) => {
  for (const namespace of draft.namespaces.filter(one => one.type === type))
    namespace.source = { ...namespace.source, source: 'engine-api', step: 'engine-api' }
}
const both = (...changes: Change[]): Change => draft => changes.forEach(change => change(draft))
const unread = (fact: keyof Snapshot['evidence']): Change => (draft) => { draft.evidence[fact].unknownBecause = 'No permission.' }
const privileged: Change = (draft) => { draft.container.isPrivileged = true }
const mapped: Change = (draft) => { draft.users.uidMap = [{ inside: 0, onHost: 100_000, count: 65_536 }] }
const capability = (name: string): Change => draft => draft.security.capabilities?.effective.push(name)
const noCapabilities: Change = (draft) => { draft.security.capabilities = null }
const mounted = (hostPath: string, change: Partial<Mount> = {}): Change => draft => draft.files.mounts.push({
  destination: '/mnt/host', source: hostPath, hostPath, fileSystem: 'ext4', isReadOnly: false, options: 'rw', propagation: 'private', isDeclared: true, ...change,
})
const declared = (source: string, propagation = 'rprivate'): Change => draft =>
  draft.container.mounts.push({ type: 'bind', source, destination: '/mnt/host', isReadOnly: true, propagation })
const option = (text: string): Change => draft => draft.container.securityOptions.push(text)
const device = (onHost: string): Change => draft => draft.security.devices.push({ onHost, inside: onHost, permissions: 'rwm' })

/** What every rule must say, by its id. */
export const cases: Readonly<Record<string, Case[]>> = {
  'privileged-mode': [
    fail('a privileged container', 'critical', privileged, 'Privileged is true'),
    other('pass', 'an ordinary container', 'critical', () => {}),
    stopped('pass', 'a stopped container, because the option alone decides', 'critical'),
  ],
  'engine-socket-mounted': [
    fail('docker.sock, read-only', 'critical', mounted('/var/run/docker.sock', { isReadOnly: true }), '/var/run/docker.sock of the host is mounted at /mnt/host, read-only'),
    fail('the folder of the socket', 'critical', mounted('/run'), '/run of the host'),
    fail('a declared socket while mounts are unread', 'critical', both(unread('files.mounts'), declared('/run/containerd/containerd.sock')), 'Engine: /run/containerd/containerd.sock'),
    fail('a socket found by its file', 'critical', draft => draft.security.mountedSockets.push({ destination: '/s', hostPath: '/tmp/other', isEngineSocket: true }), '/tmp/other'),
    other('pass', 'another socket', 'critical', mounted('/run/app/app.sock')),
    other('unknown', 'unread mounts', 'critical', unread('files.mounts')),
    stopped('pass', 'a stopped container without such a mount', 'critical'),
  ],
  'sensitive-host-paths': [
    fail('the whole host, writable', 'critical', mounted('/'), '/ of the host'),
    fail('/etc read-only', 'medium', mounted('/etc', { isReadOnly: true })),
    fail('/etc writable with a user namespace', 'high', both(mapped, mounted('/etc')), 'high instead of critical'),
    fail('SSH keys', 'high', mounted('/home/alice/.ssh', { isReadOnly: true })),
    fail('a Mac’s home folder', 'high', declared('/host_mnt/Users/alice')),
    fail('the engine’s own state', 'critical', mounted('/var/lib/docker')),
    other('pass', 'a project folder', 'critical', mounted('/home/alice/site')),
    other('pass', 'a named volume', 'critical', mounted('/var/lib/docker/volumes/data/_data')),
    other('unknown', 'unread mounts', 'critical', unread('files.mounts')),
  ],
  'dangerous-capabilities': [
    fail('SYS_ADMIN', 'critical', capability('SYS_ADMIN'), 'holds SYS_ADMIN'),
    fail('NET_ADMIN in its own network', 'medium', capability('NET_ADMIN')),
    fail('NET_ADMIN in the host’s network', 'high', both(capability('NET_ADMIN'), verdict('net', 'host'))),
    fail('SYS_PTRACE among the host’s processes', 'critical', both(capability('SYS_PTRACE'), verdict('pid', 'host'))),
    fail('SYS_ADMIN in a user namespace', 'high', both(mapped, capability('SYS_ADMIN')), 'high instead of critical'),
    fail('SYS_ADMIN in the bounding set only', 'medium', draft => draft.security.capabilities?.bounding.push('SYS_ADMIN'), 'only CapBnd'),
    fail('SYS_ADMIN out of reach', 'low', (draft) => { draft.security.capabilities?.bounding.push('SYS_ADMIN'); draft.security.hasNoNewPrivileges = true }),
    fail('a declared capability that could not be checked', 'critical', both(noCapabilities, draft => draft.container.capabilitiesAdded.push('cap_sys_admin')), 'CapAdd declares SYS_ADMIN'),
    fail('ALL, declared', 'critical', both(noCapabilities, draft => draft.container.capabilitiesAdded.push('ALL'))),
    other('pass', 'the defaults', 'critical', () => {}),
    other('pass', 'an added one that is harmless', 'critical', capability('WAKE_ALARM')),
    other('unknown', 'unread sets', 'critical', noCapabilities),
    other('not-applicable', 'a privileged container', 'critical', both(privileged, capability('SYS_ADMIN')), 'SYS_ADMIN'),
  ],
  'host-pid-namespace': [
    fail('root with KILL', 'critical', verdict('pid', 'host'), 'KILL'),
    fail('without capabilities', 'high', both(verdict('pid', 'host'), noCapabilities)),
    fail('in a user namespace', 'high', both(verdict('pid', 'host'), mapped)),
    fail('declared and unread', 'critical', both(verdict('pid', 'unknown'), (draft) => { draft.container.modes.pid = 'host' }), 'PidMode is host'),
    fail('as the engine reports it', 'critical', both(verdict('pid', 'host'), reported('pid')), 'Engine’s ps: pid namespace 4026531836, the host’s is 4026531836'),
    other('pass', 'its own', 'critical', () => {}, 'Kernel: pid namespace 4026532321'),
    other('unknown', 'reported, and not to be compared', 'critical', both(verdict('pid', 'unknown'), reported('pid'), (draft) => { for (const one of draft.namespaces) one.container = 4026532321 }), 'Engine’s ps: pid namespace 4026532321'),
    other('unknown', 'unread', 'critical', verdict('pid', 'unknown'), 'Kernel: the pid namespace could not be read'),
  ],
  'host-network-namespace': [
    fail('the host’s', 'high', verdict('net', 'host')),
    other('pass', 'its own', 'high', () => {}),
    other('pass', 'another container’s', 'high', verdict('net', 'shared')),
    other('unknown', 'unread', 'high', verdict('net', 'unknown')),
  ],
  'host-ipc-namespace': [
    fail('the host’s', 'medium', verdict('ipc', 'host')),
    other('pass', 'its own', 'medium', () => {}),
    other('unknown', 'unread', 'medium', verdict('ipc', 'unknown')),
  ],
  'host-mount-namespace': [
    fail('the host’s mounts', 'critical', verdict('mnt', 'host')),
    other('pass', 'its own', 'critical', () => {}),
    other('unknown', 'unread', 'critical', verdict('mnt', 'unknown')),
  ],
  'host-uts-namespace': [
    fail('with SYS_ADMIN', 'medium', both(verdict('uts', 'host'), capability('SYS_ADMIN'))),
    fail('without it', 'low', verdict('uts', 'host'), 'cannot be changed'),
    other('pass', 'its own', 'medium', () => {}),
    other('unknown', 'unread', 'medium', verdict('uts', 'unknown')),
  ],
  'host-cgroup-namespace': [
    fail('on version 1', 'info', () => {}, 'CgroupnsMode is host'),
    fail('on version 2', 'low', (draft) => { draft.engine.cgroupVersion = '2' }),
    other('pass', 'its own', 'low', verdict('cgroup', 'private')),
    other('unknown', 'unread', 'low', both(verdict('cgroup', 'unknown'), (draft) => { draft.container.modes.cgroup = 'private' })),
  ],
  'no-user-namespace': [
    fail('root as on the host', 'medium', () => {}, 'uid_map is 0 0 4294967295'),
    fail('an ordinary user', 'low', (draft) => { draft.users.main.hostUid = 1000 }, 'uid 1000'),
    fail('a namespace that maps root to root', 'medium', verdict('user', 'private')),
    fail('unread, with an engine that makes none', 'medium', verdict('user', 'unknown')),
    other('pass', 'mapped users', 'medium', both(verdict('user', 'private'), mapped)),
    other('unknown', 'an unread map', 'medium', both(verdict('user', 'private'), (draft) => { draft.users.uidMap = null })),
    other('unknown', 'unread, with a runtime that may make one', 'medium', both(verdict('user', 'unknown'), (draft) => { draft.container.runtime = 'sysbox-runc' })),
  ],
  'joined-namespaces': [
    fail('another container’s network', 'medium', verdict('net', 'shared'), 'also that of web'),
    fail('another container’s, as the engine reports it', 'medium', both(verdict('net', 'shared'), reported('net')), 'Engine’s ps: net namespace 4026532323 is also that of web'),
    fail('a declared join that was not read', 'medium', both(verdict('net', 'unknown'), (draft) => { draft.container.modes.network = 'container:web' }), 'container:web'),
    other('pass', 'none', 'medium', () => {}),
    other('unknown', 'one unread', 'medium', verdict('ipc', 'unknown')),
  ],
  'seccomp-off': [
    fail('disabled', 'high', (draft) => { draft.security.seccomp = 'disabled' }, 'Seccomp of the first process is disabled'),
    fail('declared and unread', 'high', both(option('seccomp=unconfined'), (draft) => { draft.security.seccomp = null })),
    fail('disabled under a kernel of its own', 'medium', (draft) => { draft.security.seccomp = 'disabled'; draft.container.runtime = 'runsc' }),
    other('pass', 'a filter', 'high', () => {}),
    other('unknown', 'unread', 'high', (draft) => { draft.security.seccomp = null }),
    other('not-applicable', 'a privileged container', 'high', both(privileged, (draft) => { draft.security.seccomp = 'disabled' })),
  ],
  'kernel-paths-exposed': [
    fail('nothing hidden', 'high', (draft) => { draft.security.maskedPaths = [] }, 'hidden: none'),
    fail('nothing read-only, in a user namespace', 'medium', both(mapped, (draft) => { draft.security.readOnlyPaths = [] })),
    fail('declared open and unread', 'high', (draft) => { draft.container.maskedPaths = []; draft.security.maskedPaths = null }),
    other('pass', 'the defaults', 'high', () => {}),
    other('unknown', 'unread', 'high', (draft) => { draft.security.readOnlyPaths = null }),
    other('not-applicable', 'a privileged container', 'high', both(privileged, (draft) => { draft.security.maskedPaths = [] })),
  ],
  'lsm-unconfined': [
    fail('a host without a module', 'low', () => {}, 'label is none'),
    fail('AppArmor unconfined', 'medium', (draft) => { draft.security.lsmLabel = 'unconfined' }),
    fail('AppArmor that only complains', 'medium', (draft) => { draft.security.lsmLabel = 'docker-default (complain)' }),
    fail('SELinux’s all-powerful type', 'medium', (draft) => { draft.security.lsmLabel = 'system_u:system_r:spc_t:s0' }),
    fail('unconfined with SYS_ADMIN', 'high', both(capability('SYS_ADMIN'), (draft) => { draft.security.lsmLabel = 'unconfined' })),
    fail('declared and unread', 'medium', both(option('label=disable'), (draft) => { draft.security.lsmLabel = null })),
    other('pass', 'the default profile', 'high', (draft) => { draft.security.lsmLabel = 'docker-default (enforce)' }),
    other('unknown', 'unread', 'high', (draft) => { draft.security.lsmLabel = null }),
  ],
  'no-new-privileges-off': [
    fail('off', 'medium', () => {}, 'NoNewPrivs of the first process is 0'),
    other('pass', 'on', 'medium', (draft) => { draft.security.hasNoNewPrivileges = true }),
    other('unknown', 'declared but unread', 'medium', both(option('no-new-privileges'), (draft) => { draft.security.hasNoNewPrivileges = null })),
    stopped('unknown', 'a stopped container', 'medium'),
  ],
  'host-devices': [
    fail('a disk', 'high', device('/dev/sda1'), '/dev/sda1 of the host'),
    fail('a serial line', 'medium', device('/dev/ttyUSB0')),
    fail('a sound card', 'low', device('/dev/snd')),
    fail('FUSE with SYS_ADMIN', 'high', both(device('/dev/fuse'), capability('SYS_ADMIN'))),
    fail('a disk in a user namespace', 'medium', both(mapped, device('/dev/sda'))),
    other('pass', 'none', 'high', () => {}),
    other('unknown', 'unread', 'high', unread('security')),
    other('not-applicable', 'a privileged container', 'high', both(privileged, device('/dev/sda'))),
  ],
  'shared-mount-propagation': [
    fail('shared', 'medium', mounted('/srv/data', { propagation: 'shared' }), '/mnt/host is shared'),
    fail('shared with SYS_ADMIN', 'high', both(capability('SYS_ADMIN'), mounted('/srv/data', { propagation: 'shared' }))),
    fail('slave', 'low', mounted('/srv/data', { propagation: 'slave' })),
    fail('declared and unread', 'medium', both(unread('files.mounts'), declared('/srv/data', 'rshared')), 'rshared'),
    other('pass', 'the slave that the runtime makes of / in every container', 'high', (draft) => { for (const mount of draft.files.mounts) mount.propagation = mount.destination === '/' ? 'slave' : mount.propagation }),
    other('pass', 'private', 'high', mounted('/srv/data')),
    other('unknown', 'one unread', 'high', mounted('/srv/data', { propagation: 'unknown' })),
    other('unknown', 'all unread', 'high', unread('files.mounts')),
  ],
  'runs-as-root': [
    fail('root', 'medium', () => {}, 'uid 0 inside, uid 0 on the host'),
    fail('root in a user namespace', 'low', both(mapped, (draft) => { draft.users.main.hostUid = 100_000 })),
    fail('a second process as root', 'medium', (draft) => { draft.users.main.uid = 1000; draft.users.main.hostUid = 1000 }, 'Kernel: root runs node (PID 1)'),
    fail('root of the host, as the engine reports it', 'medium', (draft) => {
      draft.users.main = { uid: null, user: null, hostUid: null, hostUser: null }
      draft.evidence.processes.source = 'engine-api'
      draft.processes = draft.processes.slice(0, 1).map(process => ({ ...process, pid: null, uid: null }))
    }, 'Engine’s ps: root runs node (PID 48213 on the host)'),
    fail('declared root that was not read', 'medium', (draft) => { draft.users.main = { uid: null, user: null, hostUid: null, hostUser: null }; draft.processes = [] }),
    other('pass', 'an ordinary user', 'medium', ordinaryUser, 'uid 1000'),
    other('unknown', 'a process whose user is not known', 'medium', both(ordinaryUser, (draft) => { for (const process of draft.processes) process.uid = null })),
    stopped('pass', 'a stopped container with a numeric user', 'medium', (draft) => { draft.container.user = '1000:1000' }),
    stopped('unknown', 'a stopped container with a named user', 'medium', (draft) => { draft.container.user = 'node' }),
  ],
  'port-on-all-addresses': [
    fail('all IPv4 addresses', 'medium', () => {}, '0.0.0.0:8080 of the host leads to 8080/tcp'),
    fail('all IPv6 addresses', 'medium', publishedOn('::')),
    other('pass', 'the loopback address', 'medium', publishedOn('127.0.0.1')),
    other('unknown', 'unread', 'medium', both(unpublished, unread('network.published'))),
    stopped('unknown', 'a stopped container', 'medium'),
  ],
  'secrets-in-environment': [
    fail('a name that looks like one', 'medium', draft => draft.container.environment.push({ name: 'DB_PASSWORD', looksSecret: true }), 'Env has DB_PASSWORD'),
    other('pass', 'ordinary names', 'medium', () => {}, '2 variables'),
  ],
  'no-memory-limit': [
    fail('none', 'medium', () => {}, 'memory.limit_in_bytes sets no limit'),
    fail('a limit above what the host has', 'medium', (draft) => { draft.cgroup.memory.limitBytes = 2 ** 40 }, 'the host has no more'),
    other('pass', 'a limit', 'medium', (draft) => { draft.cgroup.memory.limitBytes = 2 ** 29 }, '512.0 MiB'),
    other('unknown', 'unread', 'medium', (draft) => { draft.cgroup.memory.limitBytes = null; draft.container.limits.memoryBytes = 2 ** 29 }),
    other('unknown', 'a host of unknown size', 'medium', (draft) => { draft.cgroup.memory.limitBytes = 2 ** 29; draft.host.memoryBytes = null }),
    fail('none declared, where the kernel could not be asked', 'medium', (draft) => { draft.evidence.cgroup.source = 'none' }, 'Engine: Memory is not set\nKernel: what is in force could not be read'),
    stopped('pass', 'a stopped container with a declared limit', 'medium', (draft) => { draft.container.limits.memoryBytes = 2 ** 29 }),
    stopped('fail', 'a stopped container without one', 'medium'),
  ],
  'no-pids-limit': [
    fail('none', 'medium', () => {}, 'pids.max sets no limit'),
    other('pass', 'a limit', 'medium', (draft) => { draft.cgroup.pids.limit = 200 }, '200 tasks'),
    other('unknown', 'unread', 'medium', (draft) => { draft.cgroup.pids.limit = null }),
  ],
  'no-cpu-limit': [
    fail('none', 'low', () => {}, 'cpu.cfs_quota_us sets no limit'),
    other('pass', 'half of one', 'low', (draft) => { draft.cgroup.cpu.limitCpus = 0.5 }, '0.5 processors'),
    other('unknown', 'unread', 'low', (draft) => { draft.cgroup.cpu.limitCpus = null }),
  ],
  'writable-root': [
    fail('writable behind a public port', 'medium', () => {}, '/ is mounted writable'),
    fail('writable', 'low', unpublished),
    fail('declared writable and unread', 'low', both(unpublished, (draft) => { draft.security.isRootReadOnly = null })),
    other('pass', 'read-only', 'medium', (draft) => { draft.security.isRootReadOnly = true }),
    other('unknown', 'declared read-only but unread', 'medium', (draft) => { draft.container.isReadOnlyRoot = true; draft.security.isRootReadOnly = null }),
    stopped('pass', 'a stopped container, declared read-only', 'medium', (draft) => { draft.container.isReadOnlyRoot = true }),
  ],
  'default-capabilities-kept': [
    fail('all fourteen', 'low', () => {}, '14 of the 14'),
    other('pass', 'none', 'low', (draft) => { draft.security.capabilities = { effective: [], permitted: [], inheritable: [], bounding: [], ambient: [] } }, '0 of the 14'),
    other('unknown', 'unread', 'low', noCapabilities),
    other('not-applicable', 'a privileged container', 'low', privileged),
  ],
}

function ordinaryUser(draft: Snapshot): void {
  draft.users.main = { uid: 1000, user: 'node', hostUid: 1000, hostUser: 'alice' }
  for (const process of draft.processes)
    Object.assign(process, { uid: 1000, hostUid: 1000, user: 'node', hostUser: 'alice' })
}

function unpublished(draft: Snapshot): void {
  draft.network.published = []
  draft.container.ports = []
}

function publishedOn(hostAddress: string): Change {
  return (draft) => {
    for (const port of [...draft.network.published, ...draft.container.ports])
      port.hostAddress = hostAddress
  }
}
