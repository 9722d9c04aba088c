import type { Evidence, FactName } from '../../../shared/model/evidence'
import type { FileEntry, Mount } from '../../../shared/model/files'
import type { Namespace } from '../../../shared/model/namespace'
import type { HostProcess, ProcessRow } from '../../../shared/model/process'
import { Snapshot } from '../../../shared/model/snapshot'

const NODEAPP_ID = '3f9c1f0b7d2e4a6c8b1d5e7f90123456789abcdef0123456789abcdef0123456'
const INIT = 48213
const TICKS = 18_273_645

/** `nodeapp-container` as `docker run -d -p 8080:8080 --name nodeapp-container nodejsapp` leaves it on an engine with cgroup v1. */
export function nodeappSnapshot(change: (draft: Snapshot) => void = () => {}): Snapshot {
  const draft = Snapshot.parse(plain())
  change(draft)
  return Snapshot.parse(draft)
}

/** The same container after `docker stop`: the engine still knows what was declared, the kernel has nothing. */
export const stoppedSnapshot = (change: (draft: Snapshot) => void = () => {}): Snapshot => nodeappSnapshot((draft) => {
  Object.assign(draft.container, { state: 'exited', status: 'Exited (137) 2 minutes ago', hostPid: null, exitCode: 137, finishedAt: '2026-11-24T12:28:00.000Z', ports: [] })
  draft.processes = []
  draft.processCounts.inside = 0
  for (const namespace of draft.namespaces) {
    Object.assign(namespace, { container: null, verdict: 'unknown' })
    namespace.source.unknownBecause = 'The container is not running.'
  }
  Object.assign(draft.security, { capabilities: null, seccomp: null, hasNoNewPrivileges: null, lsmLabel: null, isRootReadOnly: null, maskedPaths: null, readOnlyPaths: null })
  draft.files.mounts = []
  draft.users.uidMap = null
  draft.users.gidMap = null
  draft.users.main = { uid: null, user: null, hostUid: null, hostUser: null }
  draft.network.published = []
  draft.network.inside = null
  draft.cgroup = {
    version: '1', path: null,
    cpu: { limitCpus: null, weight: null, usageSeconds: null, throttledSeconds: null },
    memory: { limitBytes: null, usageBytes: null, reclaimableBytes: null, peakBytes: null },
    pids: { limit: null, current: null },
  }
  for (const fact of ['security', 'files.mounts', 'users.idMaps', 'cgroup', 'network.inside'] as const)
    draft.evidence[fact].unknownBecause = 'The container is not running.'
  change(draft)
})

const read = (source: Evidence['source'], detail: string, command: string): Evidence => ({ source, detail, command, unknownBecause: null, step: source === 'engine-api' ? 'engine-api' : 'root', missingStep: null })

function plain(): Snapshot {
  return {
    format: 1,
    id: 'snap-000001',
    takenAt: '2026-11-24T12:30:05.412Z',
    tookMs: 184,
    isoscopeVersion: '0.1.0',
    engine: {
      endpoint: { origin: '/var/run/docker.sock', address: 'unix:///var/run/docker.sock' },
      product: 'Docker Engine',
      name: 'vm',
      version: '20.10.24',
      apiVersion: '1.41',
      operatingSystem: 'Debian GNU/Linux 12 (bookworm)',
      kernelVersion: '6.18.0',
      architecture: 'x86_64',
      storageDriver: 'overlay2',
      cgroupVersion: '1',
      cgroupDriver: 'cgroupfs',
      securityOptions: ['name=seccomp,profile=default'],
      runtimes: [{ name: 'runc', program: 'runc' }], isRootless: false,
      hasUserNamespaceRemap: false,
    },
    container: {
      id: NODEAPP_ID,
      name: 'nodeapp-container',
      image: 'nodejsapp',
      command: 'node app.js',
      createdAt: '2026-11-24T12:26:54.000Z',
      state: 'running',
      status: 'Up 3 minutes',
      ports: [{ containerPort: 8080, protocol: 'tcp', hostPort: 8080, hostAddress: '0.0.0.0' }],
      imageId: 'sha256:9b1d0c5be84c53ab9ae34a27f1ad9a4c9f6ffb2b7f4f7f6cc2e7e1d5d0c3b2a1',
      hostPid: INIT,
      startedAt: '2026-11-24T12:26:55.103Z',
      finishedAt: null,
      exitCode: null,
      restartCount: 0,
      runtime: 'runc',
      platform: 'linux',
      user: '',
      workingDirectory: '/',
      entrypoint: [],
      arguments: ['node', 'app.js'],
      environment: [{ name: 'PATH', looksSecret: false }, { name: 'NODE_ENV', looksSecret: false }],
      labels: [{ name: 'org.opencontainers.image.title', value: 'nodejsapp' }],
      modes: { pid: '', network: 'default', ipc: 'private', uts: '', user: '', cgroup: 'host' },
      isPrivileged: false,
      isReadOnlyRoot: false,
      capabilitiesAdded: [],
      capabilitiesDropped: [],
      securityOptions: [],
      maskedPaths: [...MASKED],
      readOnlyPaths: [...READ_ONLY],
      devices: [],
      mounts: [],
      appArmorProfile: '',
      restartPolicy: 'no',
      hasHealthCheck: false,
      limits: { memoryBytes: null, cpus: null, pids: null },
    },
    host: {
      where: 'this-computer',
      proof: 'Process 48213 exists here and its cgroup names the container.',
      engineUser: null,
      hostname: 'build-host-7',
      operatingSystem: 'Debian GNU/Linux 12 (bookworm)',
      kernelVersion: '6.18.0',
      cpuCount: 2,
      memoryBytes: 25_276_502_016,
    },
    thisComputer: null,
    namespaces: namespaces(),
    processes: processes(),
    hostProcesses: hostProcesses(),
    processCounts: { inside: 2, host: 90 },
    files: {
      rootInside: [
        ...['bin', 'dev', 'etc', 'lib', 'lib64', 'proc', 'root', 'run', 'sys', 'tmp', 'usr', 'var'].map(folder),
        { name: 'app.js', kind: 'file', sizeBytes: 612, linkTarget: null },
        { name: '.dockerenv', kind: 'file', sizeBytes: 0, linkTarget: null },
      ],
      rootHost: [
        ...['boot', 'dev', 'etc', 'home', 'lost+found', 'media', 'mnt', 'opt', 'proc', 'root', 'run', 'srv', 'sys', 'tmp', 'usr', 'var'].map(folder),
        ...['bin', 'lib', 'lib64', 'sbin'].map((name): FileEntry => ({ name, kind: 'link', sizeBytes: null, linkTarget: `usr/${name}` })),
      ],
      entryCount: 1284,
      sizeBytes: 142_606_336,
      isComplete: true,
      sizeTree: {
        name: '/', kind: 'directory', sizeBytes: 142_606_336, entryCount: 1284,
        children: [
          { name: 'usr', kind: 'directory', sizeBytes: 132_120_576, entryCount: 1012, children: [] },
          { name: 'lib', kind: 'directory', sizeBytes: 9_437_184, entryCount: 64, children: [] },
          { name: 'bin', kind: 'directory', sizeBytes: 1_024_000, entryCount: 38, children: [] },
          { name: 'etc', kind: 'directory', sizeBytes: 23_964, entryCount: 61, children: [] },
          { name: 'app.js', kind: 'file', sizeBytes: 612, entryCount: 0, children: [] },
        ],
      },
      changes: { added: ['/tmp/node-compile-cache'], changed: ['/tmp'], deleted: [], counts: { added: 1, changed: 1, deleted: 0 } },
      mounts: mounts(),
    },
    workingDirectory: { inside: '/', onHost: '/var/lib/docker/overlay2/5d1c9a7e42f0/merged' },
    network: {
      mode: 'default',
      inside: {
        interfaces: [
          { name: 'lo', macAddress: '00:00:00:00:00:00', mtu: 65_536, state: 'unknown', addresses: ['127.0.0.1/8'], receivedBytes: 0, sentBytes: 0, hostPeer: null, hostBridge: null, hostPeerUnknownBecause: null },
          { name: 'eth0', macAddress: '02:42:ac:11:00:02', mtu: 1500, state: 'up', addresses: ['172.17.0.2/16'], receivedBytes: 48_213, sentBytes: 12_904, hostPeer: 'veth4c1a9be', hostBridge: 'docker0', hostPeerUnknownBecause: null },
        ],
        otherAddresses: [],
        listening: [{ protocol: 'tcp6', address: '::', port: 8080, hostPid: INIT, command: 'node' }],
        defaultGateway: '172.17.0.1',
      },
      host: {
        interfaces: [
          { name: 'lo', macAddress: '00:00:00:00:00:00', mtu: 65_536, state: 'unknown', addresses: ['127.0.0.1/8', '::1/128'], receivedBytes: 9_204_113, sentBytes: 9_204_113, hostPeer: null, hostBridge: null, hostPeerUnknownBecause: null },
          { name: 'eth0', macAddress: '06:1f:9c:40:11:2b', mtu: 1500, state: 'up', addresses: ['10.0.12.7/24', 'fe80::41f:9cff:fe40:112b/64'], receivedBytes: 918_273_645, sentBytes: 72_645_519, hostPeer: null, hostBridge: null, hostPeerUnknownBecause: null },
          { name: 'docker0', macAddress: '02:42:7e:10:5a:01', mtu: 1500, state: 'up', addresses: ['172.17.0.1/16'], receivedBytes: 12_904, sentBytes: 48_213, hostPeer: null, hostBridge: null, hostPeerUnknownBecause: null },
          { name: 'veth4c1a9be', macAddress: '5a:8d:11:c2:90:4e', mtu: 1500, state: 'up', addresses: [], receivedBytes: 12_904, sentBytes: 48_213, hostPeer: null, hostBridge: 'docker0', hostPeerUnknownBecause: null },
        ],
        otherAddresses: [],
        listening: [
          { protocol: 'tcp', address: '0.0.0.0', port: 22, hostPid: 702, command: 'sshd' },
          { protocol: 'tcp', address: '0.0.0.0', port: 8080, hostPid: 48_190, command: 'docker-proxy' },
        ],
        defaultGateway: '10.0.12.1',
      },
      published: [{ containerPort: 8080, protocol: 'tcp', hostPort: 8080, hostAddress: '0.0.0.0' }],
      attached: [{ name: 'bridge', address: '172.17.0.2', gateway: '172.17.0.1' }],
    },
    hostname: { inside: NODEAPP_ID.slice(0, 12), host: 'build-host-7' },
    users: {
      inside: [
        { name: 'root', uid: 0, gid: 0, home: '/root', shell: '/bin/bash' },
        { name: 'nobody', uid: 65_534, gid: 65_534, home: '/nonexistent', shell: '/usr/sbin/nologin' },
      ],
      host: [
        { name: 'root', uid: 0, gid: 0, home: '/root', shell: '/bin/bash' },
        { name: 'daemon', uid: 1, gid: 1, home: '/usr/sbin', shell: '/usr/sbin/nologin' },
        { name: 'alice', uid: 1000, gid: 1000, home: '/home/alice', shell: '/bin/bash' },
        { name: 'nobody', uid: 65_534, gid: 65_534, home: '/nonexistent', shell: '/usr/sbin/nologin' },
      ],
      uidMap: [{ inside: 0, onHost: 0, count: 4_294_967_295 }],
      gidMap: [{ inside: 0, onHost: 0, count: 4_294_967_295 }],
      main: { uid: 0, user: 'root', hostUid: 0, hostUser: 'root' },
    },
    cgroup: {
      version: '1',
      path: `/docker/${NODEAPP_ID}`,
      cpu: { limitCpus: 'unlimited', weight: 1024, usageSeconds: 0.412, throttledSeconds: 0 },
      memory: { limitBytes: 'unlimited', usageBytes: 31_457_280, reclaimableBytes: 4_194_304, peakBytes: 39_845_888 },
      pids: { limit: 'unlimited', current: 13 },
    },
    security: {
      capabilities: { effective: [...DEFAULTS], permitted: [...DEFAULTS], inheritable: [], bounding: [...DEFAULTS], ambient: [] },
      seccomp: 'filter',
      hasNoNewPrivileges: false,
      lsmLabel: 'none',
      isRootReadOnly: false,
      maskedPaths: ['/proc/acpi', '/proc/kcore', '/proc/keys', '/proc/timer_list', '/sys/firmware'],
      readOnlyPaths: [...READ_ONLY],
      mountedSockets: [],
      devices: [],
    },
    evidence: evidence(),
    problems: [],
  }
}

const DEFAULTS = [
  'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'SETGID', 'SETUID', 'SETPCAP', 'NET_BIND_SERVICE', 'NET_RAW',
  'SYS_CHROOT', 'MKNOD', 'AUDIT_WRITE', 'SETFCAP',
]
const MASKED = [
  '/proc/asound', '/proc/acpi', '/proc/kcore', '/proc/keys', '/proc/latency_stats', '/proc/timer_list', '/proc/timer_stats',
  '/proc/sched_debug', '/proc/scsi', '/sys/firmware',
]
const READ_ONLY = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger']

const folder = (name: string): FileEntry => ({ name, kind: 'directory', sizeBytes: null, linkTarget: null })

function namespaces(): Namespace[] {
  const inodes: [Namespace['type'], number, number][] = [
    ['mnt', 4_026_532_318, 4_026_531_841], ['pid', 4_026_532_321, 4_026_531_836], ['net', 4_026_532_323, 4_026_531_840],
    ['ipc', 4_026_532_320, 4_026_531_839], ['uts', 4_026_532_319, 4_026_531_838], ['user', 4_026_531_837, 4_026_531_837],
    ['cgroup', 4_026_531_835, 4_026_531_835], ['time', 4_026_531_834, 4_026_531_834],
  ]
  return inodes.map(([type, container, host]) => ({
    type,
    container,
    host,
    verdict: container === host ? 'host' : 'private',
    sharedWith: [],
    source: read('proc', `/proc/${INIT}/ns/${type}`, `readlink /proc/${INIT}/ns/${type}`),
    hostSource: read('proc', `/proc/1/ns/${type}`, `readlink /proc/1/ns/${type}`),
  }))
}

function processes(): ProcessRow[] {
  const common = { state: 'S', uid: 0, hostUid: 0, user: 'root', hostUser: 'root', owner: 'this-container', ownerName: null, threadCount: 1 } as const
  return [
    { ...common, pid: 1, hostPid: INIT, ppid: 0, hostPpid: 48_190, command: 'node', args: ['node', 'app.js'], startedAt: '2026-11-24T12:26:55.000Z', startedAtTicks: TICKS, rssBytes: 44_564_480, cpuSeconds: 0.39, threadCount: 11 },
    { ...common, pid: 18, hostPid: 48_402, ppid: 0, hostPpid: 48_190, command: 'bash', args: ['bash'], startedAt: '2026-11-24T12:29:11.000Z', startedAtTicks: TICKS + 13_600, rssBytes: 3_670_016, cpuSeconds: 0.02 },
  ]
}

function hostProcesses(): HostProcess[] {
  const named: [number, string, string[], number, string | null][] = [
    [1, 'systemd', ['/sbin/init'], 0, 'root'], [312, 'systemd-journal', ['/lib/systemd/systemd-journald'], 0, 'root'],
    [702, 'sshd', ['sshd: /usr/sbin/sshd -D [listener]'], 0, 'root'], [1104, 'dockerd', ['/usr/sbin/dockerd', '-H', 'fd://'], 0, 'root'],
    [1120, 'containerd', ['containerd', '--config', '/run/docker/containerd/containerd.toml'], 0, 'root'],
    [2210, 'bash', ['-bash'], 1000, 'alice'], [2302, 'node', ['node', '/home/alice/site/server.js', '--token=8f3c0a9d5b'], 1000, 'alice'],
    [48_190, 'containerd-shim', ['/usr/bin/containerd-shim-runc-v2', '-namespace', 'moby', '-id', NODEAPP_ID], 0, 'root'],
  ]
  const row = (pid: number, command: string, args: string[], uid: number, user: string | null, rssBytes: number): HostProcess => ({
    pid, ppid: pid === 1 ? 0 : 1, command, args, uid, user, state: 'S', rssBytes, cpuSeconds: pid / 1000, threadCount: 1,
    startedAt: '2026-11-24T08:00:01.000Z', startedAtTicks: 1000 + pid, containerId: null, containerName: null,
  })
  const kernelThreads = Array.from({ length: 80 }, (_, index) => row(2 + index, `kworker/${index % 2}:${index}`, [], 0, 'root', 0))
  const own = processes().map((process): HostProcess => ({
    ...row(process.hostPid ?? 0, process.command, process.args, 0, 'root', process.rssBytes ?? 0),
    containerId: NODEAPP_ID, containerName: 'nodeapp-container',
  }))
  return [...named.map(([pid, command, args, uid, user], index) => row(pid, command, args, uid, user, (index + 3) * 7_340_032)), ...kernelThreads, ...own]
}

function mounts(): Mount[] {
  const mount = (destination: string, fileSystem: string, hostPath: string | null = null): Mount => ({
    destination, source: hostPath ?? fileSystem, hostPath, fileSystem, isReadOnly: false, options: 'rw,relatime', propagation: 'private', isDeclared: false,
  })
  return [
    mount('/', 'overlay'), mount('/proc', 'proc'), mount('/dev', 'tmpfs'), mount('/sys', 'sysfs'),
    ...['hostname', 'hosts', 'resolv.conf'].map(name => mount(`/etc/${name}`, 'ext4', `/var/lib/docker/containers/${NODEAPP_ID}/${name}`)),
  ]
}

function evidence(): Record<FactName, Evidence> {
  const api = (path: string, command: string): Evidence => read('engine-api', `GET ${path}`, command)
  const proc = (file: string): Evidence => read('proc', `/proc/${INIT}/${file}`, `cat /proc/${INIT}/${file}`)
  const facts: Record<FactName, Evidence> = {
    'engine': api('/version', 'docker version'),
    'container': api('/containers/{id}/json', 'docker inspect nodeapp-container'),
    'host': api('/info', 'docker info'),
    'processes': read('proc', '/proc/*/stat and /proc/*/status of the PID namespace', 'docker exec nodeapp-container ps aux'),
    'hostProcesses': read('proc', '/proc/*/stat and /proc/*/status', 'ps aux'),
    'processCounts.inside': read('proc', '/proc/*/ns/pid', 'docker exec nodeapp-container ps -e --no-headers | wc -l'),
    'processCounts.host': read('proc', '/proc', 'ps -e --no-headers | wc -l'),
    'files.rootInside': read('file', `/proc/${INIT}/root`, 'docker exec nodeapp-container ls -A /'),
    'files.rootHost': read('file', '/', 'ls -A /'),
    'files.size': read('file', `/proc/${INIT}/root, one file system`, 'docker exec nodeapp-container du -sx --apparent-size /'),
    'files.changes': api('/containers/{id}/changes', 'docker diff nodeapp-container'),
    'files.mounts': proc('mountinfo'),
    'workingDirectory.inside': proc('cwd'),
    'workingDirectory.onHost': api('/containers/{id}/json, GraphDriver.Data.MergedDir', 'docker inspect -f "{{.GraphDriver.Data.MergedDir}}" nodeapp-container'),
    'network.inside': proc('net/dev'),
    'network.host': read('proc', '/proc/1/net/dev', 'ip addr'),
    'network.published': api('/containers/{id}/json, NetworkSettings.Ports', 'docker port nodeapp-container'),
    'hostname.inside': read('proc', `uts namespace of ${INIT}`, 'docker exec nodeapp-container hostname'),
    'hostname.host': read('proc', '/proc/sys/kernel/hostname', 'hostname'),
    'users.inside': read('file', `/proc/${INIT}/root/etc/passwd`, 'docker exec nodeapp-container cat /etc/passwd'),
    'users.host': read('file', '/etc/passwd', 'cat /etc/passwd'),
    'users.idMaps': proc('uid_map'),
    'cgroup': read('cgroup', `/sys/fs/cgroup/memory/docker/${NODEAPP_ID}`, 'docker stats --no-stream nodeapp-container'),
    'security': proc('status'),
  }
  return facts
}
