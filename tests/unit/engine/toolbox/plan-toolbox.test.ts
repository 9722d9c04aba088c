import { describe, expect, it } from 'vitest'
import { RawInspect } from '../../../../engine/parse/docker-inspect'
import type { FirstProcess } from '../../../../engine/toolbox/first-process'
import { planToolbox } from '../../../../engine/toolbox/plan-toolbox'
import { runLine } from '../../../../shared/run/run-line'
import { parseRunLine } from '../../../../shared/run/parse-run-line'
import { SMALLEST_INSPECT } from '../../../support/smallest-inspect'

const ROOT: FirstProcess = { pid: 1, uids: [0], gids: [0], hasCapabilities: true }
const USER: FirstProcess = { pid: 1, uids: [1000], gids: [1001], hasCapabilities: false }

function offerFor(host: object, first: FirstProcess | null, other: object = {}) {
  const container = RawInspect.parse({ ...SMALLEST_INSPECT, Name: '/app', State: { Status: 'running', Pid: 4321 }, ...other, HostConfig: { ...SMALLEST_INSPECT.HostConfig, IpcMode: 'private', ...host } })
  return planToolbox({ container, first, labels: [] })
}

describe('the rights of a toolbox', () => {
  it.each<[what: string, host: object, first: FirstProcess | null, flags: string, traces: boolean]>([
    ['root', {}, ROOT, '--user 0:0', false],
    ['root with other capabilities', { CapAdd: ['NET_ADMIN'], CapDrop: ['CHOWN'] }, ROOT, '--user 0:0 --cap-drop CHOWN --cap-add NET_ADMIN', false],
    ['root of another group', {}, { ...ROOT, gids: [5] }, '--user 0:5', false],
    ['an ordinary user', { CapAdd: ['NET_ADMIN'] }, USER, '--user 1000:1001 --cap-drop ALL', false],
    ['an ordinary user with a capability', {}, { ...USER, hasCapabilities: true }, '--user 0:0 --cap-add SYS_PTRACE', true],
    ['one that may be another user', {}, { ...USER, uids: [1000, 0] }, '--user 0:0 --cap-add SYS_PTRACE', true],
    ['one whose group has no number inside', {}, { ...USER, gids: [null] }, '--user 0:0 --cap-add SYS_PTRACE', true],
    ['one that nobody can look at', { CapDrop: ['ALL'], CapAdd: ['CHOWN', 'CAP_SYS_PTRACE'] }, null, '--user 0:0 --cap-drop ALL --cap-add CHOWN --cap-add SYS_PTRACE', true],
    ['privileged root', { Privileged: true, CapAdd: ['NET_ADMIN'] }, ROOT, '--user 0:0 --cap-add SYS_PTRACE', true],
    ['root with all capabilities', { CapAdd: ['cap_all'] }, ROOT, '--user 0:0 --cap-add SYS_PTRACE', true],
    ['privileged, as an ordinary user', { Privileged: true }, USER, '--user 1000:1001 --cap-drop ALL', false],
  ])('%s', (_, host, first, flags, traces) => {
    const { plan: { user, capabilitiesAdded, capabilitiesDropped }, tracesBecause } = offerFor(host, first)
    expect([`--user ${user}`, ...capabilitiesDropped.map(name => `--cap-drop ${name}`), ...capabilitiesAdded.map(name => `--cap-add ${name}`)].join(' ')).toBe(flags)
    expect(tracesBecause !== null).toBe(traces)
  })

  it('are confined as the container is, and filtered as the engine does', () => {
    expect(offerFor({ SecurityOpt: ['no-new-privileges', 'seccomp=unconfined', 'apparmor=mine', 'label=disable'] }, ROOT, { AppArmorProfile: 'mine' }).plan.securityOptions).toEqual(['no-new-privileges', 'apparmor=mine'])
    expect(offerFor({}, ROOT, { AppArmorProfile: 'docker-default' }).plan.securityOptions).toEqual([])
    expect(offerFor({ UsernsMode: 'host' }, ROOT).plan.modes.user).toBe('host')
  })
})

it.each<[what: string, host: object, first: FirstProcess | null, root: string | null]>([
  ['its own PID namespace', {}, ROOT, '/proc/1/root'],
  ['its own, and nobody can look', {}, null, '/proc/1/root'],
  ['the host\'s', { PidMode: 'host' }, { ...ROOT, pid: 4321 }, '/proc/4321/root'],
  ['the host\'s, and nobody can look: the engine knows its number there', { PidMode: 'host' }, null, '/proc/4321/root'],
  ['another container\'s', { PidMode: 'container:other' }, { ...ROOT, pid: 7 }, '/proc/7/root'],
  ['another container\'s, and nobody can look', { PidMode: 'container:other' }, null, null],
])('the files of a container in %s', (_, host, first, root) => {
  const { root: found, plan } = offerFor(host, first)
  expect(found).toBe(root)
  expect(plan.command).toEqual(['-c', `${root === null ? '' : `cd ${root}; export PWD; `}exec $(command -v bash || echo sh)`])
})

it.each([
  ['private', ''],
  ['none', ''],
  ['', ''],
  ['shareable', 'container:app'],
  ['host', 'container:app'],
  ['container:other', 'container:app'],
])('an IPC namespace that was asked for as "%s" is joined with "%s"', (IpcMode, joined) => {
  const { plan, joins } = offerFor({ IpcMode }, ROOT)
  expect(plan.modes).toEqual({ pid: 'container:app', network: 'container:app', ipc: joined, uts: '', user: '', cgroup: '' })
  expect(joins.map(({ namespace, because }) => [namespace, because === null])).toEqual([['pid', true], ['network', true], ['ipc', joined !== '']])
})

it('is a line that docker takes', () => {
  const plan = { ...offerFor({}, USER).plan, image: 'busybox' }
  expect(parseRunLine(runLine(plan))).toEqual(plan)
})
