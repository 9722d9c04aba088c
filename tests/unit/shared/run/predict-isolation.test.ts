import { describe, expect, it } from 'vitest'
import type { NamespaceType } from '../../../../shared/model/namespace-type'
import type { RunContext } from '../../../../shared/model/run-context'
import { parseRunLine } from '../../../../shared/run/parse-run-line'
import { type PredictedIsolation, predictIsolation } from '../../../../shared/run/predict-isolation'
import type { PredictionContext } from '../../../../shared/run/predicted-snapshot'
import { nodeappSnapshot } from '../nodeapp-snapshot'

const IMAGE = { user: '', entrypoint: [], command: [], workingDirectory: '', environment: [], exposed: [{ containerPort: 80, protocol: 'tcp' }], volumes: [], hasHealthCheck: false }
const MODES = { pid: '', network: '', ipc: '', uts: '', user: '', cgroup: '' }
const { engine } = nodeappSnapshot()

/** A Docker Engine of today with nothing changed: control groups of version 2, AppArmor, systemd. */
const context = (engineChange: Partial<RunContext['engine']> = {}, change: Partial<PredictionContext> = {}): PredictionContext => ({
  engine: { ...engine, product: 'Docker Engine - Community', version: '28.2.2', cgroupVersion: '2', cgroupDriver: 'systemd', securityOptions: ['name=apparmor', 'name=seccomp,profile=builtin', 'name=cgroupns'], ...engineChange },
  defaultRuntime: 'runc',
  rootFolder: '/var/lib/docker',
  hostMemoryBytes: 8 * 1024 ** 3,
  enforces: { memory: true, cpu: true, pids: true },
  networks: [{ name: 'bridge', driver: 'bridge', isInternal: false, publishesOn: '0.0.0.0' }],
  containers: [],
  image: IMAGE,
  ...change,
})

const foretold = (flags: string, of = context()): PredictedIsolation => predictIsolation(parseRunLine(`docker run ${flags} app`), of)
const verdict = (type: NamespaceType, flags: string, of?: PredictionContext): string => foretold(flags, of).namespaces.find(namespace => namespace.type === type)?.verdict ?? ''
const because = (type: NamespaceType, flags: string, of?: PredictionContext): string => foretold(flags, of).namespaces.find(namespace => namespace.type === type)?.because ?? ''
const rule = (id: string, flags: string, of?: PredictionContext): string => {
  const found = foretold(flags, of).findings.find(finding => finding.rule.id === id)
  return found?.outcome.status === 'fail' ? `fail (${found.severity})` : found?.outcome.status ?? ''
}

describe('the namespaces that are foretold', () => {
  it('are private but for users and clocks where nothing is said', () => {
    expect(foretold('').namespaces.map(({ type, verdict: is }) => `${type} ${is}`)).toEqual(['mnt private', 'pid private', 'net private', 'ipc private', 'uts private', 'user host', 'cgroup private', 'time host'])
  })

  it('has of control groups what the engine’s default is', () => {
    expect(verdict('cgroup', '', context({ cgroupVersion: '1', securityOptions: [] }))).toBe('host')
    // Set by the administrator, on either version.
    expect(verdict('cgroup', '', context({ securityOptions: [] }))).toBe('host')
    expect(verdict('cgroup', '', context({ cgroupVersion: '1' }))).toBe('private')
    expect(verdict('cgroup', '--privileged', context({ cgroupVersion: '1' }))).toBe('host')
    expect(verdict('cgroup', '--privileged')).toBe('private')
    expect(verdict('cgroup', '--cgroupns host')).toBe('host')
  })

  it('has of users what the engine maps', () => {
    const remapped = context({ hasUserNamespaceRemap: true })
    expect([verdict('user', '', remapped), verdict('user', '--userns host', remapped)]).toEqual(['private', 'host'])
    expect([rule('no-user-namespace', '', remapped), rule('no-user-namespace', '--userns host', remapped)]).toEqual(['pass', 'fail (medium)'])
  })

  it('leaves unknown what an engine does not tell', () => {
    const podman = context({ product: 'Podman Engine', securityOptions: ['name=seccomp,profile=default'] })
    expect(foretold('', podman).namespaces.filter(({ verdict: is }) => is === 'unknown').map(({ type }) => type)).toEqual(['pid', 'net', 'ipc', 'uts', 'cgroup'])
    expect(verdict('pid', '--pid host', podman)).toBe('host')
    expect(rule('default-capabilities-kept', '', podman)).toBe('unknown')
    const rootless = context({ isRootless: true })
    expect([verdict('user', '', rootless), verdict('net', '--network host', rootless), verdict('pid', '', rootless)]).toEqual(['unknown', 'unknown', 'private'])
  })

  it('leaves all of them unknown in a kernel of its own', () => {
    const sandboxed = context({ runtimes: [{ name: 'runsc', program: '/usr/bin/runsc' }] })
    expect(foretold('--runtime runsc', sandboxed).namespaces.every(({ verdict: is, because: why }) => is === 'unknown' && why.includes('gVisor'))).toBe(true)
    expect(rule('seccomp-off', '--runtime runsc', sandboxed)).toBe('unknown')
  })

  it('follows whom it joins to where that is', () => {
    const container = (name: string, modes: Partial<typeof MODES>, isRunning = true): RunContext['containers'][number] => ({ id: name.padEnd(64, '0'), name, isRunning, modes: { ...MODES, ...modes } })
    const among = context({}, { containers: [container('plain', {}), container('cafe', { pid: 'host' }), container('second', { pid: 'container:plain' }), container('ended', {}, false), container('loop', { pid: 'container:pool' }), container('pool', { pid: 'container:loop' })] })
    expect(['plain', 'cafe', 'second', 'ended', 'loop', 'nobody', 'cafe00'].map(name => verdict('pid', `--pid container:${name}`, among)))
      .toEqual(['shared', 'host', 'shared', 'unknown', 'unknown', 'unknown', 'host'])
    expect(because('pid', '--pid container:ended', among)).toContain('does not run')
    expect(rule('joined-namespaces', '--pid container:plain', among)).toBe('fail (medium)')
    expect(rule('host-pid-namespace', '--pid container:cafe', among)).toBe('fail (critical)')
  })
})

describe('the findings that are foretold', () => {
  it.each([
    ['privileged-mode', '--privileged', 'fail (critical)'],
    ['seccomp-off', '', 'pass'],
    ['seccomp-off', '--security-opt seccomp=unconfined', 'fail (high)'],
    ['lsm-unconfined', '', 'pass'],
    ['lsm-unconfined', '--security-opt apparmor=unconfined', 'fail (medium)'],
    ['lsm-unconfined', '--security-opt apparmor=of-my-own', 'unknown'],
    ['no-new-privileges-off', '', 'fail (medium)'],
    ['no-new-privileges-off', '--security-opt no-new-privileges', 'pass'],
    ['runs-as-root', '', 'fail (medium)'],
    ['runs-as-root', '--user 1000', 'unknown'],
    ['runs-as-root', '--user 1000 --security-opt no-new-privileges', 'pass'],
    ['runs-as-root', '--user somebody', 'unknown'],
    ['dangerous-capabilities', '--cap-add SYS_ADMIN', 'fail (critical)'],
    ['dangerous-capabilities', '--cap-add ALL --cap-drop SYS_ADMIN', 'fail (critical)'],
    ['default-capabilities-kept', '--cap-drop ALL', 'pass'],
    ['port-on-all-addresses', '-p 80', 'fail (medium)'],
    ['port-on-all-addresses', '-P', 'fail (medium)'],
    ['port-on-all-addresses', '-p 127.0.0.1::80', 'pass'],
    ['port-on-all-addresses', '-p 80 --network none', 'pass'],
    ['port-on-all-addresses', '-p 80 --network elsewhere', 'unknown'],
    ['no-pids-limit', '', 'unknown'],
    ['no-pids-limit', '--pids-limit 50', 'pass'],
    ['no-pids-limit', '--pids-limit -1', 'fail (medium)'],
    ['no-memory-limit', '--memory 16g', 'fail (medium)'],
    ['no-memory-limit', '--memory 1g', 'pass'],
    ['engine-socket-mounted', '-v /var/run/docker.sock:/s:ro', 'fail (critical)'],
    ['sensitive-host-paths', '-v /:/host', 'fail (critical)'],
    ['sensitive-host-paths', '-v data:/data', 'pass'],
    ['shared-mount-propagation', '-v data:/data', 'unknown'],
    ['shared-mount-propagation', '-v /:/host', 'fail (low)'],
    ['shared-mount-propagation', '-v /srv:/srv:rshared', 'fail (medium)'],
    ['secrets-in-environment', '-e API_TOKEN=x', 'fail (medium)'],
    ['kernel-paths-exposed', '--security-opt systempaths=unconfined', 'fail (high)'],
    ['host-devices', '--device /dev/sda', 'fail (high)'],
    ['writable-root', '--read-only', 'pass'],
  ])('%s with %j: %s', (id, flags, expected) => {
    expect(rule(id, flags)).toBe(expected)
  })

  it('need the image where the line says nothing', () => {
    const without = context({}, { image: null })
    expect(['runs-as-root', 'secrets-in-environment', 'port-on-all-addresses', 'default-capabilities-kept'].map(id => rule(id, '-P', without))).toEqual(['unknown', 'unknown', 'unknown', 'unknown'])
    expect([rule('runs-as-root', '--user root', without), rule('secrets-in-environment', '-e PASSWORD=x', without)]).toEqual(['fail (medium)', 'fail (medium)'])
    const secret = context({}, { image: { ...IMAGE, user: '1000', environment: [{ name: 'TOKEN', looksSecret: true }] } })
    expect([rule('secrets-in-environment', '', secret), rule('no-user-namespace', '', secret)]).toEqual(['fail (medium)', 'fail (low)'])
  })

  it('take no limit for one that the engine cannot keep', () => {
    const weak = context({}, { enforces: { memory: false, cpu: false, pids: false } })
    expect([rule('no-memory-limit', '--memory 1g', weak), rule('no-cpu-limit', '--cpus 1', weak), rule('no-pids-limit', '--pids-limit 9', weak)]).toEqual(['fail (medium)', 'fail (low)', 'fail (medium)'])
  })

  it('never tell of a kernel that nobody asked', () => {
    const { findings } = foretold('--pid host --cap-add SYS_ADMIN --user 1000 -p 80')
    expect(findings.flatMap(({ outcome }) => outcome.evidence).filter(line => !/^(?:Engine|Severity): /.test(line))).toEqual([])
    expect(findings.every(({ outcome }) => outcome.status !== 'unknown' || outcome.because !== '')).toBe(true)
  })
})
