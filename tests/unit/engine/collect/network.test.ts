import { cpSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { collectNetwork } from '../../../../engine/collect/network'
import { findHostEnds, type HostEnd, isSysfsOf } from '../../../../engine/collect/network-view'
import type { HostScan } from '../../../../engine/collect/scan-host'
import type { ScannedProcess } from '../../../../engine/collect/scanned-process'
import { networkIdentity } from '../../../../engine/sources/network-identity'
import { openFolderAt } from '../../../../engine/sources/local-folder'
import { localProc } from '../../../../engine/sources/local-proc'
import { readSysfsInterfaces, type SysfsInterface } from '../../../../engine/sources/sysfs-net'
import { sceneOf } from '../../../support/scene'
import { tempFolder } from '../../../support/temp-folder'

const FIXTURES = join(import.meta.dirname, '../../../fixtures/proc/debian-12')

const inNamespace = (pid: number, comm: string, net: number, containerId: string | null = 'c'.repeat(64)): ScannedProcess => ({
  pid, ppid: 0, comm, args: [], state: 'S', startedAtTicks: 0, cpuTicks: 0, threadCount: 1, rssBytes: 0, effectiveUid: 0, nsPids: [pid], containerId, namespaces: { net },
})

const scanOf = (...processes: ScannedProcess[]): HostScan =>
  ({ processes, byPid: new Map(processes.map(process => [process.pid, process])), kernel: { bootedAtMs: null, uptimeTicks: null, pageBytes: null }, incompleteBecause: null })

/** PID 7 is in a namespace with many addresses, PID 1 in another; 7 to 10 hold descriptors of sockets. */
function procWith(): string {
  const proc = tempFolder()
  cpSync(join(FIXTURES, 'many-addresses'), join(proc, '7'), { recursive: true })
  cpSync(join(FIXTURES, 'container'), join(proc, '1'), { recursive: true })
  const descriptors: [number, string[]][] = [[7, ['socket:[551154]', '/dev/null']], [8, ['socket:[551153]', 'socket:[551154]']], [9, ['socket:[551155]']], [10, ['socket:[551156]']]]
  for (const [pid, targets] of descriptors) {
    mkdirSync(join(proc, String(pid), 'fd'), { recursive: true })
    targets.forEach((target, at) => symlinkSync(target, join(proc, String(pid), 'fd', String(at))))
  }
  return proc
}

describe('the network of a container', () => {
  it('has interfaces, addresses, listening sockets with their processes, and the gateway', async () => {
    const scan = scanOf(inNamespace(7, 'web', 100), inNamespace(8, 'worker', 100), inNamespace(9, 'dockerd', 200, null), inNamespace(10, 'other', 200, 'd'.repeat(64)))
    const { facts, problems } = await collectNetwork({ ...sceneOf({ HostConfig: { NetworkMode: 'bridge' } }, procWith()), scan })
    expect(problems).toEqual([])
    expect(facts.mode).toBe('bridge')
    expect(facts.inside?.interfaces.map(({ name, addresses, receivedBytes }) => [name, addresses, receivedBytes])).toEqual([
      ['lo', ['127.0.0.1/8', '::1/128'], 172],
      ['far', ['fe80::ac84:a6ff:fe83:c3be/64'], 596],
      ['eth0', ['10.1.0.5/16', 'fd00:aa::5/64', 'fe80::1490:2cff:fe8d:8f3d/64'], 516],
      ['br0', ['172.30.0.1/24', 'fe80::48d:3aff:fe7d:68b6/64'], 0],
    ])
    expect(facts.inside?.otherAddresses).toEqual(['10.2.0.9', '10.2.0.10', '192.168.7.7'])
    expect(facts.inside?.defaultGateway).toBe('10.1.0.1')
    expect(facts.inside?.listening).toEqual([
      { protocol: 'tcp', address: '127.0.0.1', port: 9000, hostPid: 7, command: 'web' },
      { protocol: 'tcp', address: '10.1.0.5', port: 7000, hostPid: 8, command: 'worker' },
      { protocol: 'tcp6', address: 'fd00:aa::5', port: 80, hostPid: 9, command: 'dockerd' },
      { protocol: 'tcp6', address: '::ffff:10.2.0.9', port: 8081, hostPid: null, command: null },
      { protocol: 'udp', address: '0.0.0.0', port: 5353, hostPid: null, command: null },
      { protocol: 'udp6', address: '::1', port: 5354, hostPid: null, command: null },
    ])
  })

  it('stands beside the host\'s', async () => {
    const { facts } = await collectNetwork(sceneOf({}, procWith()))
    expect(facts.host?.interfaces.map(({ name, addresses }) => [name, addresses])).toEqual([['lo', ['127.0.0.1/8']], ['eth0', ['172.17.0.3/16']]])
    expect(facts.host?.listening).toEqual([{ protocol: 'tcp6', address: '::', port: 8080, hostPid: null, command: null }])
  })

  it('leaves unknown what only a sysfs of the same namespace could say', async () => {
    const proc = procWith()
    const { facts } = await collectNetwork(sceneOf({}, proc))
    const path = join(proc, '7', 'root')
    expect(facts.inside?.interfaces[0]).toMatchObject({ macAddress: null, mtu: null, state: null, hostPeer: null, hostBridge: null, hostPeerUnknownBecause: `${path}: ENOENT` })
  })

  it('is only what was declared when it may not be looked at', async () => {
    const settings = { Networks: { web: { IPAddress: '172.20.0.2', Gateway: '172.20.0.1' }, none: {} }, Ports: { '80/tcp': [{ HostIp: '0.0.0.0', HostPort: '8080' }], '443/tcp': null } }
    const { facts, evidence } = await collectNetwork(sceneOf({ NetworkSettings: settings }, null))
    expect(facts).toEqual({
      mode: '',
      inside: null,
      host: null,
      published: [{ containerPort: 80, protocol: 'tcp', hostPort: 8080, hostAddress: '0.0.0.0' }],
      attached: [{ name: 'web', address: '172.20.0.2', gateway: '172.20.0.1' }, { name: 'none', address: null, gateway: null }],
    })
    expect(evidence['network.inside']?.unknownBecause).toBe('the engine is elsewhere')
  })

  it('is unknown when its process ended', async () => {
    const { facts, evidence } = await collectNetwork(sceneOf({ State: { Status: 'running', Pid: 7 } }, tempFolder()))
    expect(facts.inside).toBeNull()
    expect(evidence['network.inside']?.unknownBecause).toBe('process 7 ended while it was being looked at')
  })
})

const sysfs = (name: string, index: number, linkedIndex = index, master: string | null = null): SysfsInterface =>
  ({ name, index, linkedIndex, macAddress: null, mtu: null, state: null, master })

const NONE = { name: null, bridge: null }
const ELSEWHERE = 'the engine may have made the other end in a network namespace of its own'

describe('the ends of a veth pair', () => {
  const host = [sysfs('lo', 1), sysfs('eth0', 4), sysfs('veth1', 27, 26, 'docker0')]

  it('name each other, and the host\'s end its bridge', () => {
    expect(findHostEnds([sysfs('lo', 1), sysfs('eth0', 26, 27)], host, null)).toEqual(new Map<string, HostEnd>([['lo', NONE], ['eth0', { name: 'veth1', bridge: 'docker0' }]]))
  })

  it('are not a macvlan and the device below it', () => {
    expect(findHostEnds([sysfs('eth0', 26, 4)], host, null)).toEqual(new Map([['eth0', NONE]]))
  })

  it('are unknown where two indexes fit that may be of different network namespaces', () => {
    expect(findHostEnds([sysfs('lo', 1), sysfs('eth0', 26, 27), sysfs('eth1', 30, 31)], host, ELSEWHERE)).toEqual(new Map<string, HostEnd>([
      ['lo', NONE], ['eth0', { unknownBecause: `the host has an interface of the index 27 that it names, and ${ELSEWHERE}` }], ['eth1', NONE],
    ]))
  })
})

describe('a sysfs', () => {
  const here = async (): Promise<SysfsInterface[] | null> => {
    const root = openFolderAt('/')
    try {
      return await readSysfsInterfaces(root)
    }
    finally {
      root.close()
    }
  }

  it('of this machine shows the network namespace that this process is in', async () => {
    const found = await here() ?? []
    expect(await isSysfsOf(found, localProc('/proc'), process.pid)).toBe(true)
    expect(found.find(({ name }) => name === 'lo')).toMatchObject({ index: 1, linkedIndex: 1, macAddress: '00:00:00:00:00:00' })
  })

  it('is not believed when it shows other interfaces, or others\' indexes', async () => {
    const proc = localProc(procWith())
    expect(await isSysfsOf([sysfs('lo', 1), sysfs('eth0', 42)], proc, 1)).toBe(true)
    expect(await isSysfsOf([sysfs('lo', 1), sysfs('eth0', 4)], proc, 1)).toBe(false)
    expect(await isSysfsOf([sysfs('lo', 1), sysfs('eth0', 42), sysfs('docker0', 5)], proc, 1)).toBe(false)
  })

  it('is none when a container has other files at /sys', async () => {
    const folder = tempFolder()
    mkdirSync(join(folder, 'sys', 'class', 'net'), { recursive: true })
    const root = openFolderAt(folder)
    expect(await readSysfsInterfaces(root)).toBeNull()
    root.close()
  })
})

describe('the identity of a network namespace', () => {
  it('is the same for two processes in it, and null for one that is gone', async () => {
    const proc = localProc('/proc')
    expect(await networkIdentity(proc, process.pid)).toBe(await networkIdentity(proc, 'self'))
    expect(await networkIdentity(proc, process.pid)).not.toBeNull()
    expect(await networkIdentity(proc, 4194304)).toBeNull()
  })
})
