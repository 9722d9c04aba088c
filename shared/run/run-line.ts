import type { RunPlan } from '../model/run-plan'
import { deviceText } from './flag-values'
import { mountFlag } from './mount-spec'
import { exposedText, portText } from './port-spec'
import { shellLine } from '../text/shell-quote'
import { cpusText, sizeText } from './sizes'

type Flag = readonly [flag: string, ...value: string[]]

/** The line that asks docker for the same, with a stable order of its flags: `parseRunLine` reads the same plan from it. */
export const runLine = (plan: RunPlan): string =>
  shellLine(['docker', 'run', ...flags(plan).flat(), plan.image, ...plan.command])

/** What of two plans only one asks for, each flag as it stands on the line. */
export function flagDifference(a: RunPlan, b: RunPlan): { onlyA: string[], onlyB: string[] } {
  const [ofA, ofB] = [flags(a).map(shellLine), flags(b).map(shellLine)]
  return { onlyA: ofA.filter(flag => !ofB.includes(flag)), onlyB: ofB.filter(flag => !ofA.includes(flag)) }
}

function flags(plan: RunPlan): Flag[] {
  const { limits, modes, restart } = plan
  const letters = `${plan.isDetached ? 'd' : ''}${plan.isInteractive ? 'i' : ''}${plan.hasTerminal ? 't' : ''}`
  return [
    ...given(letters !== '', [`-${letters}`]),
    ...given(plan.isRemovedAtEnd, ['--rm']),
    ...given(plan.hasInit !== null, [plan.hasInit ? '--init' : '--init=false']),
    ...said('--name', plan.name),
    ...given(restart.policy !== 'no', ['--restart', restart.maximumRetries > 0 ? `${restart.policy}:${restart.maximumRetries}` : restart.policy]),
    ...said('--stop-signal', plan.stopSignal),
    ...number('--stop-timeout', plan.stopTimeoutSeconds, String),

    ...said('--hostname', plan.hostname),
    ...said('--user', plan.user),
    ...said('--workdir', plan.workingDirectory),
    ...plan.groups.map((group): Flag => ['--group-add', group]),
    ...plan.environment.map(({ name, value }): Flag => ['-e', `${name}=${value}`]),
    ...plan.labels.map(({ name, value }): Flag => ['--label', value === '' ? name : `${name}=${value}`]),

    ...said('--network', modes.network),
    ...plan.ports.map((port): Flag => ['-p', portText(port)]),
    ...given(plan.publishesAll, ['-P']),
    ...plan.exposed.map((port): Flag => ['--expose', exposedText(port)]),
    ...plan.extraHosts.map(({ name, address }): Flag => ['--add-host', `${name}:${address}`]),
    ...plan.dns.map((address): Flag => ['--dns', address]),

    ...plan.mounts.map(mountFlag),
    ...given(plan.isReadOnlyRoot, ['--read-only']),
    ...plan.devices.map((device): Flag => ['--device', deviceText(device)]),
    ...number('--shm-size', plan.sharedMemoryBytes, sizeText),

    ...said('--pid', modes.pid),
    ...said('--ipc', modes.ipc),
    ...said('--uts', modes.uts),
    ...said('--userns', modes.user),
    ...said('--cgroupns', modes.cgroup),
    ...given(plan.isPrivileged, ['--privileged']),
    ...plan.capabilitiesDropped.map((capability): Flag => ['--cap-drop', capability]),
    ...plan.capabilitiesAdded.map((capability): Flag => ['--cap-add', capability]),
    ...plan.securityOptions.map((option): Flag => ['--security-opt', option]),
    ...plan.sysctls.map(({ name, value }): Flag => ['--sysctl', `${name}=${value}`]),
    ...said('--runtime', plan.runtime),

    ...number('--cpus', limits.nanoCpus, cpusText),
    ...number('--cpu-shares', limits.cpuShares, String),
    ...said('--cpuset-cpus', limits.cpuset),
    ...number('--memory', limits.memoryBytes, sizeText),
    ...number('--memory-swap', limits.memorySwapBytes, bytes => bytes === -1 ? '-1' : sizeText(bytes)),
    ...number('--pids-limit', limits.pids, String),
    ...limits.ulimits.map(({ name, soft, hard }): Flag => ['--ulimit', soft === hard ? `${name}=${soft}` : `${name}=${soft}:${hard}`]),

    ...plan.entrypoint === null ? [] : [['--entrypoint', plan.entrypoint] as const],
  ]
}

const given = (is: boolean, flag: Flag): Flag[] => is ? [flag] : []
const said = (flag: string, value: string): Flag[] => value === '' ? [] : [[flag, value]]
const number = (flag: string, value: number | null, write: (value: number) => string): Flag[] => value === null ? [] : [[flag, write(value)]]
