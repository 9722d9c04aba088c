import type { Rule } from '../../analysis/rule'
import { rules } from '../../analysis/rules/index'
import type { Snapshot } from '../../model/snapshot'
import type { Question, Topic } from '../question'
import { files } from './files'
import { limits } from './limits'
import { namespaces } from './namespaces'
import { network } from './network'
import { processes } from './processes'
import { rights } from './rights'

/** What is in force. Where that is not known a rule may go by what was declared, and find something else than it would. */
const IN_FORCE: readonly Question[] = [namespaces, processes, files, network, limits, rights].flatMap(({ questions }) => questions)

const missingFacts = (snapshot: Snapshot): string[] => IN_FORCE.filter(({ ask }) => ask(snapshot) === null).map(({ what }) => what)

/** What each rule finds: a change of one flag is often a change of one finding. How severe it is may rest on more than what was found, and is not compared. */
export const findings: Topic = {
  title: 'Findings',
  questions: rules.map((rule): Question => ({
    fact: `findings.${rule.id}`,
    what: rule.title,
    ask: (snapshot) => {
      switch (rule.check(snapshot).status) {
        case 'fail': return 'found'
        case 'pass': return 'not found'
        case 'not-applicable': return 'does not apply'
        case 'unknown': return null
      }
    },
    whyNot: snapshot => whyUndecided(rule, snapshot),
    judgedWithout: missingFacts,
  })),
}

function whyUndecided(rule: Rule, snapshot: Snapshot): string {
  const outcome = rule.check(snapshot)
  return outcome.status === 'unknown' ? outcome.because : ''
}
