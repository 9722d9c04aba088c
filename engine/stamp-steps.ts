import { sandboxOf } from '../shared/analysis/sandbox'
import { type Evidence, EvidenceByFact, FactName, type Step } from '../shared/model/evidence'
import type { Namespace } from '../shared/model/namespace'
import type { Scene } from './collect/scene'

/** Facts about the engine's machine: those can be read whether the container runs or not. */
const HOST_FACTS: ReadonlySet<FactName> = new Set(['host', 'hostProcesses', 'processCounts.host', 'files.rootHost', 'network.host', 'hostname.host', 'users.host'])

/** What a snapshot knows of its own sources: by which step of the ladder each fact was read, and which step would read what is missing. */
export function stampSteps(scene: Scene, evidence: EvidenceByFact, namespaces: readonly Namespace[]): { evidence: EvidenceByFact, namespaces: Namespace[] } {
  // What only the kernel of a sandbox knows, no step on the engine's machine would read.
  const isInsideReadable = scene.container.hostPid !== null && sandboxOf(scene.container, scene.engine) === null
  const stamp = (fact: Evidence, isOfHost: boolean): Evidence => ({
    ...fact,
    step: stepOf(fact, scene),
    missingStep: fact.unknownBecause !== null && (isInsideReadable || isOfHost) ? nextStep(scene) : null,
  })
  return {
    evidence: EvidenceByFact.parse(Object.fromEntries(FactName.options.map(name => [name, stamp(evidence[name], HOST_FACTS.has(name))]))),
    namespaces: namespaces.map(namespace => ({ ...namespace, source: stamp(namespace.source, false), hostSource: stamp(namespace.hostSource, true) })),
  }
}

function stepOf({ source }: Evidence, { kernel }: Scene): Step | null {
  if (source === 'none')
    return null
  return source === 'engine-api' || kernel.proc === null ? 'engine-api' : kernel.proc.step
}

/** The helper reads as root does, wherever the engine is. What even those could not read no other step would. */
const nextStep = ({ kernel }: Scene): Step | null => kernel.proc === null || kernel.proc.step === 'user' ? 'helper' : null
