import { expect, it } from 'vitest'
import { emptyPlan } from '../../../../shared/model/run-plan'
import { parseRunLine } from '../../../../shared/run/parse-run-line'
import { hasLineBreak, hasNoNewPrivileges, isWithoutSeccomp, PLAN_FIELDS, type PlanFieldName, setNoNewPrivileges, setWithoutSeccomp } from '../../../../shared/run/plan-fields'
import { runLine } from '../../../../shared/run/run-line'

const NAMES: PlanFieldName[] = ['image', 'command', 'name', 'user', 'ports', 'environment', 'mounts', 'capabilitiesAdded', 'capabilitiesDropped', 'cpus', 'memory', 'pids', 'appArmor']
const LINE = `docker run --name web --user 1000:1000 -e 'A=  two  words' -e B= -p '[::1]:8080-8090:80/udp' -p 443 -v data:/data:ro,z -v /srv:/srv --tmpfs /tmp:size=64m --mount 'type=bind,source=/a b,target=/b,readonly' --cap-drop ALL --cap-add NET_ADMIN --cap-add SYS_TIME --security-opt apparmor=mine --cpus 0.5 --memory 64m --pids-limit -1 nginx sh -c 'a '\\''b'\\'''`

it.each(NAMES)('the text of %s is read back as the same', (field) => {
  const plan = parseRunLine(LINE)
  const text = PLAN_FIELDS[field].text(plan)
  expect(text).not.toBe('')
  const other = structuredClone(plan)
  PLAN_FIELDS[field].set(other, '')
  expect(other).not.toEqual(plan)
  PLAN_FIELDS[field].set(other, text)
  expect(runLine(other)).toBe(runLine(plan))
})

it('reads mounts as they stand on the line, and capabilities between any blanks', () => {
  const plan = emptyPlan('nginx')
  PLAN_FIELDS.mounts.set(plan, ' -v /a:/b \n\n--volume /c:/d\n--tmpfs=/tmp\n--mount type=volume,target=/e')
  PLAN_FIELDS.capabilitiesAdded.set(plan, ' NET_ADMIN, SYS_TIME\n')
  expect(runLine(plan)).toBe('docker run -v /a:/b -v /c:/d --tmpfs /tmp --mount type=volume,target=/e --cap-add NET_ADMIN --cap-add SYS_TIME nginx')
})

it('has one security option of each kind, and leaves the others', () => {
  const plan = parseRunLine('docker run --security-opt no-new-privileges:false --security-opt label=disable --security-opt seccomp=builtin nginx')
  expect([hasNoNewPrivileges(plan), isWithoutSeccomp(plan)]).toEqual([false, false])
  setNoNewPrivileges(plan, true)
  setWithoutSeccomp(plan, true)
  expect([hasNoNewPrivileges(plan), isWithoutSeccomp(plan), plan.securityOptions]).toEqual([true, true, ['label=disable', 'no-new-privileges', 'seccomp=unconfined']])
  setWithoutSeccomp(plan, false)
  expect(plan.securityOptions).toEqual(['label=disable', 'no-new-privileges'])
})

it('knows what no line of a field can hold', () => {
  const plan = parseRunLine('docker run -e \'A=one\ntwo\' nginx')
  expect([hasLineBreak(plan, 'environment'), hasLineBreak(plan, 'mounts'), hasLineBreak(plan, 'name')]).toEqual([true, false, false])
})
