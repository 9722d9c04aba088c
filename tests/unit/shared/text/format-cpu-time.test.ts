import { expect, it } from 'vitest'
import { formatCpuTime } from '../../../../shared/text/format-cpu-time'

it('is as exact as who measured it: the kernel in milliseconds, the engine\'s ps in whole seconds', () => {
  expect([formatCpuTime(0, false), formatCpuTime(0.07, false), formatCpuTime(0, true), formatCpuTime(1, true), formatCpuTime(75, true)])
    .toEqual(['0 ms', '70 ms', '< 1 s', '1 s', '1 min 15 s'])
})
