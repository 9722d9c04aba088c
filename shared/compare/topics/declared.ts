import type { ContainerDetail, DeclaredMount } from '../../model/container'
import { exactBytes } from '../../text/exact-bytes'
import { exactProcessors } from '../../text/format-processors'
import { formatCount } from '../../text/format-count'
import { type Answer, evidenceSays, type Question, type Topic } from '../question'
import { fromWhere } from '../volumes'

const engine = (fact: string, what: string, ask: (container: ContainerDetail) => Answer): Question =>
  ({ fact: `container.${fact}`, what, ask: ({ container }) => ask(container), whyNot: evidenceSays('container') })

const orNotSet = (text: string): string => text === '' ? 'not set' : text
const yesOrNo = (flag: boolean): string => flag ? 'yes' : 'no'
const limitWords = (limit: number | null, format: (value: number) => string): string => limit === null ? 'not set' : format(limit)

const MODES: readonly (readonly [mode: keyof ContainerDetail['modes'], what: string])[] = [
  ['pid', 'PID namespace'], ['network', 'network'], ['ipc', 'IPC namespace'], ['uts', 'UTS namespace'], ['user', 'user namespace'], ['cgroup', 'cgroup namespace'],
]

/** What whoever ran it asked for, apart from what is in force. Values of environment variables are never collected. */
export const declared: Topic = {
  title: 'As declared',
  questions: [
    engine('image', 'image', ({ image }) => image),
    engine('imageId', 'image id', ({ imageId }) => imageId),
    engine('arguments', 'command', ({ entrypoint, arguments: given }) => JSON.stringify([...entrypoint, ...given])),
    engine('user', 'user', ({ user }) => orNotSet(user)),
    engine('workingDirectory', 'working directory', ({ workingDirectory }) => orNotSet(workingDirectory)),
    engine('environment', 'names in the environment', ({ environment }) => environment.map(({ name }) => name)),
    engine('labels', 'labels', ({ labels }) => labels.map(({ name, value }) => `${name}=${value}`)),
    ...MODES.map(([mode, what]) => engine(`modes.${mode}`, what, ({ modes }) => orNotSet(modes[mode]))),
    engine('isPrivileged', 'privileged', ({ isPrivileged }) => yesOrNo(isPrivileged)),
    engine('isReadOnlyRoot', 'read-only root', ({ isReadOnlyRoot }) => yesOrNo(isReadOnlyRoot)),
    engine('capabilitiesAdded', 'capabilities added', ({ capabilitiesAdded }) => capabilitiesAdded),
    engine('capabilitiesDropped', 'capabilities dropped', ({ capabilitiesDropped }) => capabilitiesDropped),
    engine('securityOptions', 'security options', ({ securityOptions }) => securityOptions),
    engine('appArmorProfile', 'AppArmor profile', ({ appArmorProfile }) => orNotSet(appArmorProfile)),
    engine('devices', 'devices of the host', ({ devices }) => devices.map(({ onHost, inside, permissions }) => `${onHost} as ${inside} ${permissions}`)),
    engine('mounts', 'binds and volumes', ({ mounts }) => mounts.map(mountWords)),
    engine('limits.memoryBytes', 'memory limit', ({ limits }) => limitWords(limits.memoryBytes, exactBytes)),
    engine('limits.cpus', 'processor limit', ({ limits }) => limitWords(limits.cpus, exactProcessors)),
    engine('limits.pids', 'process limit', ({ limits }) => limitWords(limits.pids, formatCount)),
    engine('restartPolicy', 'restart policy', ({ restartPolicy }) => orNotSet(restartPolicy)),
    engine('hasHealthCheck', 'health check', ({ hasHealthCheck }) => yesOrNo(hasHealthCheck)),
    engine('runtime', 'runtime', ({ runtime }) => runtime),
  ],
}

const mountWords = ({ type, source, destination, isReadOnly, propagation }: DeclaredMount): string =>
  `${type} ${fromWhere(source)} at ${destination}${isReadOnly ? ' read-only' : ''}${propagation === '' ? '' : ` ${propagation}`}`
