import { expect, it } from 'vitest'
import { helperRuntime } from '../../../../../engine/sources/helper/runtime'
import { RawInfo } from '../../../../../engine/parse/docker-version'

const RUNC = { path: 'runc' }
const GVISOR = { path: '/usr/local/bin/runsc' }
const KATA = { runtimeType: 'io.containerd.kata.v2' }

it.each<[runtime: string, info: object]>([
  ['the engine\'s default', { DefaultRuntime: 'runc', Runtimes: { runc: RUNC, runsc: GVISOR } }],
  ['the engine\'s default', { DefaultRuntime: 'crun', Runtimes: { crun: { path: '/usr/bin/crun' } } }],
  ['the engine\'s default', { DefaultRuntime: 'mine', Runtimes: { mine: RUNC } }],
  ['the engine\'s default', {}],
  ['runc', { DefaultRuntime: 'runsc', Runtimes: { runc: RUNC, runsc: GVISOR } }],
  ['runc', { DefaultRuntime: 'safe', Runtimes: { runc: RUNC, safe: GVISOR } }],
  ['runc', { DefaultRuntime: 'io.containerd.kata.v2', Runtimes: { 'runc': RUNC, 'io.containerd.kata.v2': KATA } }],
])('the helper is run by %s where the engine says %j', (runtime, info) => {
  expect(helperRuntime(RawInfo.parse(info)) ?? 'the engine\'s default').toBe(runtime)
})

it.each<object>([
  { DefaultRuntime: 'runsc', Runtimes: { runsc: GVISOR } },
  { DefaultRuntime: 'runc', Runtimes: { runc: GVISOR } },
  { DefaultRuntime: 'kata', Runtimes: null },
])('the helper is not run where it would see the kernel of a sandbox: %j', (info) => {
  expect(() => helperRuntime(RawInfo.parse(info))).toThrow('where the helper would not see the engine\'s machine')
})
