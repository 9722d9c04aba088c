import { describe, expect, it } from 'vitest'
import { findPlace, type PlaceFacts } from '../../../../engine/collect/host-place'

/** This machine: `GET /info` of Docker 20.10.24 on Debian 12, as it answered. */
const DEBIAN: PlaceFacts = {
  endpoint: { origin: 'Docker Engine', address: 'unix:///var/run/docker.sock' },
  operatingSystem: 'Debian GNU/Linux 12 (bookworm)',
  kernelVersion: '6.1.0-28-amd64',
  isRootless: false,
  local: { because: 'this computer’s /proc does not show it' },
  bootIds: null,
  keeper: null,
  keeperUser: null,
  own: { platform: 'linux', system: 'Linux', release: '6.1.0-28-amd64', names: ['laptop', '127.0.0.1', '192.168.1.20', 'fe80::1'] },
}
const HERE: PlaceFacts = { ...DEBIAN, local: { proof: 'PID 48213 is here.' } }
const MAC: PlaceFacts['own'] = { platform: 'darwin', system: 'Darwin', release: '23.6.0', names: ['macbook.local'] }
const place = (facts: Partial<PlaceFacts>, base = DEBIAN): { where: string, proof: string } => findPlace({ ...base, ...facts })

describe('an engine whose kernel is proved to be this computer’s', () => {
  it('is this computer, by the proof that was found', () => {
    expect(findPlace(HERE)).toEqual({ where: 'this-computer', proof: 'PID 48213 is here.', engineUser: null })
  })

  it('is rootless when the engine says so, and belongs to whoever keeps its containers', () => {
    // `name=rootless` among the SecurityOptions: Docker documentation, "Run the Docker daemon as a non-root user".
    const keeper = { pid: 4100, command: 'containerd-shim', uid: 1000, outerContainerId: null, userNamespace: null }
    expect(findPlace({ ...HERE, isRootless: true, keeper, keeperUser: 'alice' })).toEqual({
      where: 'rootless',
      proof: 'PID 48213 is here. The engine says that it is rootless. containerd-shim (PID 4100), which keeps its containers, runs as alice, UID 1000.',
      engineUser: 'alice',
    })
    expect(findPlace({ ...HERE, isRootless: true, keeper }).engineUser).toBe('1000')
    expect(findPlace({ ...HERE, isRootless: true })).toEqual({ where: 'rootless', proof: 'PID 48213 is here. The engine says that it is rootless.', engineUser: null })
  })

  it('is rootless when what keeps its containers is in a user namespace of an ordinary user\'s, whatever the engine says', () => {
    const keeper = { pid: 4100, command: 'conmon', uid: 1000, outerContainerId: null, userNamespace: 4026532700 }
    expect(findPlace({ ...HERE, keeper, keeperUser: 'alice' })).toEqual({
      where: 'rootless',
      proof: 'PID 48213 is here. conmon (PID 4100), which keeps its containers, runs as alice, UID 1000, in the user namespace 4026532700, which is not the kernel’s first.',
      engineUser: 'alice',
    })
    expect(findPlace({ ...HERE, keeper: { ...keeper, userNamespace: 4026531837 } }).where).toBe('this-computer')
  })

  it('is nested when what keeps its containers is in a container itself, also where it is rootless there', () => {
    const keeper = { pid: 900, command: 'containerd-shim', uid: 0, outerContainerId: 'ab'.repeat(32), userNamespace: null }
    expect(place({ keeper, isRootless: true }, HERE))
      .toMatchObject({ where: 'nested', proof: expect.stringContaining('containerd-shim (PID 900), which keeps its containers, is itself in the container abababababab') })
  })

  it('is proved by the boot id where another reads its /proc', () => {
    expect(place({ bootIds: { engine: 'a', own: 'a' } }).where).toBe('this-computer')
  })
})

describe('an engine elsewhere', () => {
  it('is not said to be another computer\'s where this one\'s addresses could not be read', () => {
    expect(place({ endpoint: { origin: 'DOCKER_HOST', address: 'tcp://192.168.1.20:2376' }, own: { ...DEBIAN.own, names: null } }).where).toBe('engine-machine')
  })

  it.each<[string, Partial<PlaceFacts>, string, RegExp]>([
    ['over SSH', { endpoint: { origin: 'DOCKER_HOST', address: 'ssh://alice@build-7' } }, 'remote', /ssh:\/\/alice@build-7, which is not an address of this computer/],
    ['over TCP', { endpoint: { origin: 'DOCKER_HOST', address: 'tcp://10.0.0.5:2376' } }, 'remote', /10\.0\.0\.5/],
    ['over TCP with IPv6', { endpoint: { origin: 'DOCKER_HOST', address: 'tcp://[2001:db8::7]:2376' } }, 'remote', /2001:db8::7/],
    // docker/for-mac#7402: Docker Desktop 4.33 on a Mac.
    ['Docker Desktop on a Mac', { endpoint: { origin: 'context "desktop-linux"', address: 'unix:///Users/alice/.docker/run/docker.sock' }, operatingSystem: 'Docker Desktop', kernelVersion: '6.10.0-linuxkit', own: MAC }, 'virtual-machine', /Docker Desktop runs engines in a virtual machine\. Its kernel is 6\.10\.0-linuxkit, this computer’s is Darwin 23\.6\.0/],
    // langchain-ai/langgraph-studio#110: GET /info of OrbStack.
    ['OrbStack', { endpoint: { origin: 'context "orbstack"', address: 'unix:///Users/alice/.orbstack/run/docker.sock' }, operatingSystem: 'OrbStack', kernelVersion: '6.11.9-orbstack-00279-g4cf512143f2e', own: MAC }, 'virtual-machine', /OrbStack/],
    // By the documentation of Colima and of Rancher Desktop: where they put their sockets. Their systems are ordinary ones.
    ['Colima', { endpoint: { origin: 'context "colima"', address: 'unix:///Users/alice/.colima/default/docker.sock' }, operatingSystem: 'Ubuntu 24.04 LTS', kernelVersion: '6.8.0-39-generic', own: MAC }, 'virtual-machine', /where Colima puts the socket/],
    ['Rancher Desktop', { endpoint: { origin: 'Rancher Desktop', address: 'unix:///home/alice/.rd/docker.sock' }, operatingSystem: 'Alpine Linux v3.20', kernelVersion: '6.6.41-0-virt' }, 'virtual-machine', /Rancher Desktop puts the socket/],
    ['podman machine', { endpoint: { origin: 'Podman machine', address: 'unix:///Users/alice/.local/share/containers/podman/machine/podman.sock' }, operatingSystem: 'fedora', kernelVersion: '6.11.3-200.fc40.aarch64', own: MAC }, 'virtual-machine', /podman machine puts the socket/],
  ])('%s', (_, facts, where, proof) => {
    const found = place(facts)
    expect([found.where, found.proof]).toEqual([where, expect.stringMatching(proof)])
  })

  it.each<[string, Partial<PlaceFacts>, RegExp]>([
    ['an ordinary system behind a forwarded port', { endpoint: { origin: 'DOCKER_HOST', address: 'tcp://127.0.0.1:2375' } }, /^Not proved to be this computer: .*\.$/],
    ['the same by an address of this computer', { endpoint: { origin: 'DOCKER_HOST', address: 'ssh://root@192.168.1.20' } }, /^Not proved/],
    ['a socket with another kernel behind it, which may be forwarded from anywhere', { kernelVersion: '6.1.0-13-arm64' }, /^Its kernel is 6\.1\.0-13-arm64, this computer’s is 6\.1\.0-28-amd64\. So it is not this computer/],
    ['the same kernel version, started another time', { bootIds: { engine: 'a', own: 'b' } }, /^Its kernel has another boot id than this computer’s\. So it is not/],
    ['an ordinary system behind a socket of a Mac', { own: MAC }, /this computer’s is Darwin 23\.6\.0\. So it is not this computer/],
    ['a socket whose /proc shows nothing', {}, /^Not proved to be this computer: this computer’s \/proc does not show it\.$/],
    ['an address that is none', { endpoint: { origin: 'x', address: '(no address)' } }, /^Not proved/],
  ])('claims no more than is proved: %s', (_, facts, proof) => {
    const found = place(facts)
    expect([found.where, found.proof]).toEqual(['engine-machine', expect.stringMatching(proof)])
  })
})
