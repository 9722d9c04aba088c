import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { SEVERITIES } from '../../../../shared/analysis/rule'
import { rules } from '../../../../shared/analysis/rules/index'
import { cases } from './cases'

describe.each(rules.map(rule => [rule.id, rule] as const))('the rule %s', (id, rule) => {
  it.each((cases[id] ?? []).map(one => [one.status, one.title, one] as const))('says %s for %s', (_, __, { snapshot, status, severity, evidence }) => {
    const outcome = rule.check(snapshot)
    expect({ status: outcome.status, severity: ('severity' in outcome ? outcome.severity : undefined) ?? rule.severity }).toEqual({ status, severity })
    if (evidence !== undefined)
      expect(outcome.evidence.join('\n')).toContain(evidence)
  })

  it('is never worse than it promises, and shows what it saw', () => {
    for (const { snapshot } of cases[id] ?? []) {
      const outcome = rule.check(snapshot)
      if (outcome.status !== 'fail')
        continue
      expect(SEVERITIES.indexOf(outcome.severity ?? rule.severity)).toBeGreaterThanOrEqual(SEVERITIES.indexOf(rule.severity))
      expect(outcome.evidence).not.toEqual([])
    }
  })

  it('explains itself in two sentences and says what to type', () => {
    expect(rule.reason.match(/[^.]+\.(?= |$)/g)).toHaveLength(2)
    expect(rule.remedy).toMatch(/`[^`]+`/)
    expect(rule.reference).not.toMatch(/\b\d+\.\d+\b/)
  })
})

describe('the list of rules', () => {
  const files = readdirSync(new URL('../../../../shared/analysis/rules', import.meta.url))
    .filter(file => file !== 'index.ts').map(file => file.replace(/\.ts$/, ''))

  it('has every file once, under the file’s name', () => {
    expect(rules.map(({ id }) => id).sort()).toEqual(files.sort())
  })

  it('has a test that fires and one that does not for each rule, and none without a rule', () => {
    expect(Object.keys(cases).sort()).toEqual(files.sort())
    for (const [id, list] of Object.entries(cases)) {
      const statuses = new Set(list.map(({ status }) => status))
      expect({ id, fires: statuses.has('fail'), rests: statuses.has('pass') }).toEqual({ id, fires: true, rests: true })
    }
  })
})
