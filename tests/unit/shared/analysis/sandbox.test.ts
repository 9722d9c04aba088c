import { expect, it } from 'vitest'
import { sandboxOf } from '../../../../shared/analysis/sandbox'

/** `GET /info`, Runtimes: as the documentation of gVisor and of Kata Containers has an administrator set them up; the first is Docker's own. */
const runtimes = [
  { name: 'runc', program: 'runc' },
  { name: 'runsc', program: '/usr/local/bin/runsc' },
  { name: 'strict', program: '/usr/bin/runsc' },
  { name: 'kata-runtime', program: '/opt/kata/bin/kata-runtime' },
  { name: 'kata', program: 'io.containerd.kata.v2' },
  { name: 'vm', program: '/opt/kata/bin/containerd-shim-kata-v2' },
  { name: 'runsc-like', program: '/usr/bin/crun' },
]

it.each([
  ['runsc', 'gVisor', 'its runtime runsc is /usr/local/bin/runsc'],
  ['strict', 'gVisor', 'its runtime strict is /usr/bin/runsc'],
  ['io.containerd.runsc.v1', 'gVisor', 'its runtime is io.containerd.runsc.v1'],
  ['kata', 'Kata Containers', 'its runtime kata is io.containerd.kata.v2'],
  ['kata-runtime', 'Kata Containers', 'its runtime kata-runtime is /opt/kata/bin/kata-runtime'],
  ['vm', 'Kata Containers', 'its runtime vm is /opt/kata/bin/containerd-shim-kata-v2'],
  ['io.containerd.kata-qemu.v2', 'Kata Containers', 'its runtime is io.containerd.kata-qemu.v2'],
])('knows %s', (runtime, name, saidBy) => {
  expect(sandboxOf({ runtime }, { runtimes })).toMatchObject({ name, saidBy })
})

it.each(['runc', '', 'crun', 'io.containerd.runc.v2', 'katana', 'nvidia', 'runsc-like'])('takes %j for no sandbox', (runtime) => {
  expect(sandboxOf({ runtime }, { runtimes })).toBeNull()
})

it('goes by the name in a recording that does not hold what the engine starts', () => {
  expect([sandboxOf({ runtime: 'runsc' }, { runtimes: [] })?.name, sandboxOf({ runtime: 'strict' }, { runtimes: [] })]).toEqual(['gVisor', null])
})
