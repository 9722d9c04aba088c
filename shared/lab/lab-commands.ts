import type { Lab, LabStepId } from '../model/lab'
import { viewCommand } from '../two-views/commands'
import { buildTextLine } from '../run/image-lines'
import { runLine } from '../run/run-line'
import { shellLine } from '../text/shell-quote'
import type { ViewCommandId } from '../model/two-views'
import { labDockerfile, labKnobPlan, labPlan } from './lab-plan'

/** The steps that are one command in the container and outside. */
export const LAB_VIEWS = { count: 'ps', roots: 'ls', hostname: 'hostname', users: 'id', interfaces: 'ip' } as const satisfies Partial<Record<LabStepId, ViewCommandId>>

/** A program of our own that a shell runs inside: who it is there, and where. */
export const ENTER_ARGV = ['sh', '-c', 'echo "PID $$ on $(cat /proc/sys/kernel/hostname)"']

/** What shows the kernel's version. */
export const KERNEL_ARGV = ['cat', '/proc/sys/kernel/osrelease']

/** What does the same as a step in a terminal, a command in a line. `baseImage`: what is chosen to build from. */
export function labCommands(step: LabStepId, { name, labels }: Lab, baseImage: string): string[] {
  switch (step) {
    case 'build':
      return [buildTextLine(labDockerfile(baseImage, labels), name)]
    case 'run':
      return [runLine(labPlan(name)), shellLine(['docker', 'exec', name, ...KERNEL_ARGV]), shellLine(KERNEL_ARGV)]
    case 'list':
      return ['docker ps', `docker top ${name}`]
    case 'enter':
      return [shellLine(['docker', 'exec', name, ...ENTER_ARGV])]
    case 'pids':
      return [`docker top ${name}`, 'grep NSpid /proc/[0-9]*/status']
    case 'count':
    case 'roots':
    case 'hostname':
    case 'users':
    case 'interfaces': {
      const [argv] = viewCommand(LAB_VIEWS[step]).argvs
      return [shellLine(['docker', 'exec', name, ...argv]), shellLine(argv)]
    }
    case 'pid-host':
    case 'network-host':
    case 'memory':
      return [runLine(labKnobPlan(name, step))]
    case 'clean':
      return [`docker rm --force --volumes $(docker ps --all --quiet --filter name=${name})`, `docker rmi ${name}`]
  }
}
