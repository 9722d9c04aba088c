import { describe, expect, it } from 'vitest'
import { foretoldDifference } from '../../../../shared/run/foretold-difference'
import { parseRunLine } from '../../../../shared/run/parse-run-line'
import { predictIsolation } from '../../../../shared/run/predict-isolation'
import type { PredictionContext } from '../../../../shared/run/predicted-snapshot'
import { nodeappSnapshot } from '../nodeapp-snapshot'

const CONTEXT: PredictionContext = {
  engine: { ...nodeappSnapshot().engine, product: 'Docker Engine - Community', version: '28.2.2', cgroupVersion: '2', cgroupDriver: 'systemd', securityOptions: ['name=apparmor', 'name=seccomp,profile=builtin', 'name=cgroupns'], isRootless: false, hasUserNamespaceRemap: false },
  defaultRuntime: 'runc',
  rootFolder: '/var/lib/docker',
  hostMemoryBytes: 8 * 1024 ** 3,
  enforces: { memory: true, cpu: true, pids: true },
  networks: [{ name: 'bridge', driver: 'bridge', isInternal: false, publishesOn: '0.0.0.0' }],
  containers: [{ id: 'a'.repeat(64), name: 'db', isRunning: true, modes: { pid: '', network: '', ipc: 'shareable', uts: '', user: '', cgroup: '' } }, { id: 'b'.repeat(64), name: 'cache', isRunning: true, modes: { pid: '', network: '', ipc: 'shareable', uts: '', user: '', cgroup: '' } }],
  image: { user: '', entrypoint: [], command: [], workingDirectory: '', environment: [], exposed: [], volumes: [], hasHealthCheck: false },
}
const foretold = (flags: string): ReturnType<typeof predictIsolation> => predictIsolation(parseRunLine(`docker run ${flags} app`), CONTEXT)
function difference(before: string, after: string): { walls: string[], findings: string[] } {
  const { namespaces, findings } = foretoldDifference(foretold(before), foretold(after))
  return {
    walls: namespaces.map(({ before: was, after: is }) => `${is.type} ${was.verdict} → ${is.verdict}`),
    findings: findings.map(({ before: was, after: is }) => `${is.rule.id} ${was.outcome.status} → ${is.outcome.status}`).sort(),
  }
}

describe('what is isolated otherwise', () => {
  it('is nothing where the same is asked for', () => {
    expect(difference('--pid host -m 64m', '-m 64m --pid host')).toEqual({ walls: [], findings: [] })
    // What does not matter in one case and passes in the other is well in both.
    expect(difference('--hostname a', '--hostname b')).toEqual({ walls: [], findings: [] })
  })

  it('is each wall that changes and each finding that comes or goes', () => {
    expect(difference('', '--network host')).toEqual({ walls: ['net private → host'], findings: ['host-network-namespace pass → fail'] })
    expect(difference('', '-m 64m')).toEqual({ walls: [], findings: ['no-memory-limit fail → pass'] })
    expect(difference('', '--user 1000').findings).toContain('runs-as-root fail → unknown')
  })

  it('is a wall that is shared with another one than before', () => {
    expect(difference('--ipc container:db', '--ipc container:cache').walls).toEqual(['ipc shared → shared'])
    expect(difference('--ipc container:db', '--ipc container:db').walls).toEqual([])
  })

  it('is a finding that weighs more or less', () => {
    const { findings } = foretoldDifference(foretold('--cap-add SYS_PTRACE'), foretold('--cap-add SYS_PTRACE --pid host'))
    expect(findings.map(({ before, after }) => [after.rule.id, before.severity, after.severity])).toContainEqual(['dangerous-capabilities', 'medium', 'critical'])
  })
})
