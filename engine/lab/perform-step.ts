import type { LabFacts, LabOrder } from '../../shared/model/lab'
import type { LabBench } from './bench'
import { buildLabImage } from './build-image'
import { cleanUp } from './clean-up'
import { runLabContainer } from './lab-container'
import { compareHostnames, compareInterfaces, compareRoots, compareUsers, countProcesses, enterContainer, listContainers, pairPids } from './look-at-container'
import { turnLabKnob } from './turn-knob'

/** Does a step and measures what came of it. Throws ProblemError. */
export function performStep(bench: LabBench, { step, baseImage }: LabOrder): Promise<LabFacts> {
  switch (step) {
    case 'build':
      return buildLabImage(bench, baseImage)
    case 'run':
      return runLabContainer(bench)
    case 'list':
      return listContainers(bench)
    case 'enter':
      return enterContainer(bench)
    case 'count':
      return countProcesses(bench)
    case 'pids':
      return pairPids(bench)
    case 'roots':
      return compareRoots(bench)
    case 'hostname':
      return compareHostnames(bench)
    case 'users':
      return compareUsers(bench)
    case 'interfaces':
      return compareInterfaces(bench)
    case 'pid-host':
    case 'network-host':
    case 'memory':
      return turnLabKnob(bench, step)
    case 'clean':
      return cleanUp(bench)
  }
}
