import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Knob } from '../../../../shared/model/knob'
import { isTurned, knobFlag, turnKnob } from '../../../../shared/run/knobs'
import { parseRunLine } from '../../../../shared/run/parse-run-line'
import { runLine } from '../../../../shared/run/run-line'
import { anyPlan } from './arbitrary-plan'

const KNOBS: readonly Knob[] = [
  { kind: 'pid-host' }, { kind: 'network-host' }, { kind: 'privileged' }, { kind: 'read-only' },
  { kind: 'memory', bytes: 64 * 1024 ** 2 }, { kind: 'user', user: '1000:1000' }, { kind: 'cap-drop-all' },
]
const turned = (line: string, knob: Knob): string => runLine(turnKnob(parseRunLine(`docker run ${line}`), knob))

describe.each(KNOBS)('the knob $kind', (knob) => {
  it('is the flag that it is named by, and turns a plan into what docker makes of the line with that flag', () => {
    expect(Knob.parse(knob)).toEqual(knob)
    const plain = parseRunLine('docker run -d --name box -e A=1 -p 80 app serve')
    const withFlag = parseRunLine(`docker run -d --name box -e A=1 ${knob.kind === 'network-host' ? '' : '-p 80'} ${knobFlag(knob)} app serve`)
    expect(turnKnob(plain, knob)).toEqual(withFlag)
    expect([isTurned(plain, knob), isTurned(withFlag, knob)]).toEqual([false, true])
  })

  it('leaves the plan that it is given as it is, and turned twice is turned once', () => {
    const plan = parseRunLine('docker run -p 80 -P --sysctl net.ipv4.ip_forward=1 --memory-swap 8m --cap-drop CHOWN app')
    const before = structuredClone(plan)
    const once = turnKnob(plan, knob)
    expect(plan).toEqual(before)
    expect(turnKnob(once, knob)).toEqual(once)
  })

  it('has a line that is read as the same, whatever else is in the plan', () => {
    fc.assert(fc.property(anyPlan, (plan) => {
      const after = turnKnob(plan, knob)
      expect(isTurned(after, knob)).toBe(true)
      expect(parseRunLine(runLine(after))).toEqual(after)
    }), { numRuns: 200 })
  })
})

describe('what docker refuses or discards beside a flag', () => {
  it('is no port and no parameter of the host’s network, on the host’s network', () => {
    expect(turned('-p 8080:80 -P --expose 90 --hostname box --sysctl net.ipv4.ip_forward=1 --sysctl kernel.msgmax=65536 --network mine app', { kind: 'network-host' }))
      .toBe('docker run --hostname box --network host --expose 90 --sysctl kernel.msgmax=65536 app')
  })

  it('is swap that is less than the memory', () => {
    expect(turned('--memory 16m --memory-swap 32m app', { kind: 'memory', bytes: 64 * 1024 ** 2 })).toBe('docker run --memory 64m app')
    expect(turned('--memory 16m --memory-swap 128m app', { kind: 'memory', bytes: 64 * 1024 ** 2 })).toBe('docker run --memory 64m app')
    expect(turned('--memory 16m --memory-swap 32m app', { kind: 'memory', bytes: 32 * 1024 ** 2 })).toBe('docker run --memory 32m --memory-swap 32m app')
    expect(turned('--memory 16m --memory-swap=-1 app', { kind: 'memory', bytes: 32 * 1024 ** 2 })).toBe('docker run --memory 32m --memory-swap -1 app')
  })
})

describe('a flag that says the same otherwise', () => {
  it('takes the place of the one before', () => {
    expect(turned('--pid container:other --user app app', { kind: 'pid-host' })).toBe('docker run --user app --pid host app')
    expect(turned('--user app app', { kind: 'user', user: '0' })).toBe('docker run --user 0 app')
    expect(turned('--cap-drop CHOWN --cap-drop mknod --cap-add NET_ADMIN app', { kind: 'cap-drop-all' })).toBe('docker run --cap-drop ALL --cap-add NET_ADMIN app')
    expect(isTurned(parseRunLine('docker run --cap-drop all app'), { kind: 'cap-drop-all' })).toBe(true)
  })
})
