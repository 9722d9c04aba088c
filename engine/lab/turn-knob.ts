import { compareSnapshots, countOutcomes, type ComparedFact } from '../../shared/compare/compare-snapshots'
import { verdictOfNamespace } from '../../shared/analysis/namespaces'
import { labKnobPlan, type LabKnobStep } from '../../shared/lab/lab-plan'
import type { LabDifference, LabFacts } from '../../shared/model/lab'
import { NAMESPACE_TYPES } from '../../shared/model/namespace-type'
import { clipText } from '../../shared/text/clip-text'
import type { LabBench } from './bench'
import { runningContainer, runOurs } from './lab-container'

/** As many of a long list as are shown; a fact of a thousand processes would be a page of its own. */
const MOST_ITEMS = 3
const LONGEST_ITEM = 120

/** Runs the image once more with one flag, and compares both containers as the page Compare does. */
export async function turnLabKnob(bench: LabBench, step: LabKnobStep): Promise<LabFacts> {
  const { lab, takeSnapshot, signal } = bench
  const plainId = await runningContainer(bench)
  const { containerId, warnings } = await runOurs(bench, labKnobPlan(lab().name, step))
  const plain = await takeSnapshot(plainId, signal)
  const turned = await takeSnapshot(containerId, signal)
  const topics = compareSnapshots(plain, turned)
  return {
    step,
    plainId,
    containerId,
    walls: NAMESPACE_TYPES.map(type => ({ type, plain: verdictOfNamespace(plain, type), turned: verdictOfNamespace(turned, type) })),
    memory: { plain: plain.cgroup.memory.limitBytes, turned: turned.cgroup.memory.limitBytes },
    differences: topics.flatMap(({ facts }) => facts).filter(({ outcome }) => outcome === 'different').map(inShort),
    sameCount: countOutcomes(topics, 'same'),
    unknownCount: countOutcomes(topics, 'unknown'),
    warnings,
  }
}

const inShort = ({ what, onlyA, onlyB }: ComparedFact): LabDifference => ({
  what,
  plain: beginning(onlyA),
  turned: beginning(onlyB),
  morePlain: Math.max(0, onlyA.length - MOST_ITEMS),
  moreTurned: Math.max(0, onlyB.length - MOST_ITEMS),
})

const beginning = (items: readonly string[]): string[] => items.slice(0, MOST_ITEMS).map(item => clipText(item, LONGEST_ITEM))
