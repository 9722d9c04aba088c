import { expect, it } from 'vitest'
import { groupFindings } from '../../../../../renderer/views/security/finding-groups'
import { analyse } from '../../../../../shared/analysis/analyse'
import { nodeappSnapshot, stoppedSnapshot } from '../../../shared/nodeapp-snapshot'

it('loses no finding, and puts what failed first', () => {
  const findings = analyse(stoppedSnapshot())
  const groups = groupFindings(findings, 'all')
  expect(groups.map(({ status }) => status).slice(0, 2)).toEqual(['fail', 'unknown'])
  expect(groups.flatMap(group => group.findings)).toHaveLength(findings.length)
})

it('narrows every group to one severity, and leaves out empty ones', () => {
  const groups = groupFindings(analyse(nodeappSnapshot()), 'critical')
  expect(groups.map(({ status }) => status)).toEqual(['pass'])
  expect(new Set(groups.flatMap(group => group.findings.map(({ severity }) => severity)))).toEqual(new Set(['critical']))
})
