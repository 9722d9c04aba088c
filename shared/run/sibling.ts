import type { Knob } from '../model/knob'
import type { PublishedPort, RunPlan } from '../model/run-plan'
import { turnKnob } from './knobs'
import { sizeText } from './sizes'

/** Labels by which Docker Compose finds its own containers: it would stop, replace and remove the sibling as one of them. */
const isOfCompose = ({ name }: RunPlan['labels'][number]): boolean => name.startsWith('com.docker.compose.')

/**
 * The plan of a container beside another one: the same with that one flag, in the background, and without what only one of the two can have. It stays when it has
 * ended, so that it can be looked at.
 */
export function siblingPlan(plan: RunPlan, knob: Knob, namesInUse: ReadonlySet<string>): RunPlan {
  const turned = turnKnob(plan, knob)
  return {
    ...turned,
    name: freeName(`${plan.name}-${knobName(knob)}`, namesInUse),
    isDetached: true,
    isRemovedAtEnd: false,
    ports: turned.ports.map(port => isFixed(port) ? { ...port, hostPort: '' } : port),
    labels: turned.labels.filter(label => !isOfCompose(label)),
  }
}

/** What is otherwise with the sibling beside its flag, in sentences. */
export function siblingChanges(plan: RunPlan, knob: Knob): string[] {
  const turned = turnKnob(plan, knob)
  const fixed = turned.ports.filter(isFixed)
  return [
    ...fixed.map(({ hostPort, containerPort, protocol }) => `Port ${hostPort} of the host is taken by the original: ${containerPort}/${protocol} is published on a free one.`),
    ...turned.ports.length < plan.ports.length || (plan.publishesAll && !turned.publishesAll) ? ['On the host’s network docker publishes no ports: what it listens on are the host’s own ports.'] : [],
    ...plan.sysctls.filter(each => !turned.sysctls.includes(each)).map(({ name }) => `${name} would be the host’s own there, and is left out.`),
    ...isSwapTooLittle(plan, turned) ? ['Its limit of memory and swap is less than that, and becomes docker’s default: twice the memory.'] : [],
    ...plan.isRemovedAtEnd ? ['It is not removed when it ends (--rm), so that it can be looked at.'] : [],
    ...plan.labels.some(isOfCompose) ? ['It has no labels of Docker Compose, which would take it for its own container.'] : [],
  ]
}

/** Where both of them write, as paths in the container with what is there. */
export const sharedPlaces = ({ mounts }: RunPlan): { source: string, target: string }[] => mounts.flatMap((mount) => {
  if (mount.flag === 'tmpfs' || (mount.flag === 'mount' && mount.type === 'tmpfs') || mount.source === null)
    return []
  const isReadOnly = mount.flag === 'mount' ? mount.isReadOnly : mount.options.includes('ro')
  return isReadOnly ? [] : [{ source: mount.source, target: mount.target }]
})

const isSwapTooLittle = (before: RunPlan, after: RunPlan): boolean =>
  after.limits.memorySwapBytes === null && (before.limits.memorySwapBytes ?? Infinity) < (after.limits.memoryBytes ?? 0)

/** A range leaves the engine a choice. */
const isFixed = ({ hostPort }: PublishedPort): boolean => /^[1-9]\d*$/.test(hostPort)

/** As a part of a container's name. */
function knobName(knob: Knob): string {
  switch (knob.kind) {
    case 'memory':
      return `memory-${sizeText(knob.bytes)}`
    case 'user':
      return `user-${knob.user.replace(/[^\w.-]+/g, '-').slice(0, 32)}`
    default:
      return knob.kind
  }
}

function freeName(wanted: string, inUse: ReadonlySet<string>): string {
  let name = wanted
  for (let number = 2; inUse.has(name); number++)
    name = `${wanted}-${number}`
  return name
}
