import { type Finding, analyse } from '../analysis/analyse'
import { sandboxOf } from '../analysis/sandbox'
import { type Verdict, verdictOf } from '../analysis/verdict'
import { STEPS } from '../model/evidence'
import type { Snapshot } from '../model/snapshot'
import { formatDuration } from '../text/format-duration'
import { formatTime } from '../text/format-time'
import { hostWords } from '../text/host-words'
import { STEP_WORDS } from '../text/step-words'
import type { Section } from './document'
import { notesOf } from './notes'
import { fileSection } from './sections/files'
import { findingSection } from './sections/findings'
import { namespaceSection } from './sections/namespaces'
import { networkSection } from './sections/network'
import { processSection } from './sections/processes'
import { resourceSection } from './sections/resources'
import { securitySection } from './sections/security'
import { thisComputerSection } from './sections/this-computer'
import { unknownSection } from './sections/unknowns'

export interface Report {
  verdict: Verdict
  findings: Finding[]
  /** What this report is about, as pairs of name and value. */
  about: [string, string][]
  /** A sentence or two each, for those who open a report for the first time; the four signs are explained beside it. */
  howToRead: string[]
  sections: Section[]
}

/** Everything a report says, whatever it is written in. */
export function buildReport(snapshot: Snapshot): Report {
  const findings = analyse(snapshot)
  const verdict = verdictOf(snapshot, findings)
  const notes = notesOf(snapshot)
  return {
    verdict,
    findings,
    about: about(snapshot),
    howToRead: [`${HOW_IT_WAS_READ}${notes.list.length > 0 ? ` ${WITH_NOTES}` : ''}`, BOTH_SIDES],
    sections: [
      namespaceSection(snapshot, notes),
      findingSection(findings, verdict, notes),
      processSection(snapshot, notes),
      fileSection(snapshot, notes),
      networkSection(snapshot, notes),
      ...thisComputerSection(snapshot, notes),
      resourceSection(snapshot, notes),
      securitySection(snapshot, notes),
      unknownSection(snapshot, notes),
    ],
  }
}

const HOW_IT_WAS_READ = 'Every statement here was read at one instant and says how, with a command that shows the same. What could not be read is called unknown and is never counted as good.'
const WITH_NOTES = 'Why it is unknown stands in the last part, as “note 1”.'
const BOTH_SIDES = '“Inside” is the container, “host” is the machine whose kernel runs it. A container is ordinary processes of that kernel behind walls called namespaces, held in a control group.'

function about({ container, engine, host, takenAt, tookMs, isoscopeVersion, evidence }: Snapshot): [string, string][] {
  const sandbox = sandboxOf(container, engine)
  return [
    ['Container', `${container.id.slice(0, 12)}, ${container.status || container.state}`],
    ['Image', container.image],
    ...sandbox === null ? [] : [['Runtime', `${container.runtime}: ${sandbox.because}`] satisfies [string, string]],
    ['Command', container.command],
    ['Engine', `${engine.product} ${engine.version}, API ${engine.apiVersion}, ${engine.endpoint.address}`],
    ['Host', `${host.operatingSystem}, kernel ${host.kernelVersion}: ${hostWords(host).noun}`],
    ['Read by', stepsOf(evidence)],
    ['Taken', `${formatTime(takenAt)}, in ${formatDuration(tookMs / 1000)}`],
    ['Taken by', `Isoscope ${isoscopeVersion}`],
    ['Proof', host.proof],
  ]
}

/** Nearest to the kernel first. A recording of before there was a ladder does not know. */
function stepsOf(evidence: Snapshot['evidence']): string {
  const used = new Set(Object.values(evidence).map(({ step }) => step))
  return STEPS.filter(step => used.has(step)).map(step => STEP_WORDS[step]).join('; ') || 'unknown'
}
