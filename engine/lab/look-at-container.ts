import { verdictOfNamespace } from '../../shared/analysis/namespaces'
import { ENTER_ARGV, LAB_VIEWS } from '../../shared/lab/lab-commands'
import type { LabFacts } from '../../shared/model/lab'
import type { FileEntry } from '../../shared/model/files'
import type { NamespaceType } from '../../shared/model/namespace-type'
import type { ProcessRow } from '../../shared/model/process'
import type { Snapshot } from '../../shared/model/snapshot'
import { psRows } from '../../shared/two-views/ps-rows'
import { parseListedContainer } from '../parse/docker-list'
import type { LabBench } from './bench'
import { firstLine, runningContainer } from './lab-container'

/** The engine's list, and the same container as the host's kernel has it. */
export async function listContainers(bench: LabBench): Promise<LabFacts> {
  const { docker, takeSnapshot, signal } = bench
  const containerId = await runningContainer(bench)
  const rows = (await docker.list(signal)).map(parseListedContainer).filter(({ state }) => state === 'running')
  const { hostProcesses, evidence } = await takeSnapshot(containerId, signal)
  return {
    step: 'list',
    rows: rows.map(({ id, name, image, status }) => ({ name, image, status, isLab: id === containerId })),
    hostProcesses: evidence.hostProcesses.unknownBecause === null ? hostProcesses.filter(process => process.containerId === containerId).length : null,
  }
}

/** A program in the container, which says who it is there. */
export async function enterContainer(bench: LabBench): Promise<LabFacts> {
  const view = await bench.runView(await runningContainer(bench), { argv: ENTER_ARGV }, bench.signal)
  const [, pid, name] = /^PID (\d+) on (.+)$/.exec(firstLine(view.container) ?? '') ?? []
  return { step: 'enter', view, pidInside: pid === undefined ? null : Number(pid), pidOutside: view.container.pid, name: name ?? null }
}

/** `ps aux` on both sides, and the kernel's own counts. */
export async function countProcesses(bench: LabBench): Promise<LabFacts> {
  const { view, snapshot } = await seeTwice(bench, 'count')
  const { exitCode, lines } = view.container
  return {
    step: 'count',
    view,
    wall: wallOf(snapshot, 'pid'),
    listed: exitCode === 0 ? psRows(lines).length : null,
    ...snapshot.processCounts,
    pairs: ownProcesses(snapshot).map(({ pid, hostPid }) => ({ inside: pid, host: hostPid })),
  }
}

/** Each process by both of its numbers. */
export async function pairPids(bench: LabBench): Promise<LabFacts> {
  const snapshot = await bench.takeSnapshot(await runningContainer(bench), bench.signal)
  const pairs = ownProcesses(snapshot).map(({ args, command, pid, hostPid }) => ({ command: args.length === 0 ? command : args.join(' '), inside: pid, host: hostPid }))
  return { step: 'pids', pairs, first: pairs.find(({ inside }) => inside === 1)?.host ?? null }
}

/** The names in `/`, on both sides. */
export async function compareRoots(bench: LabBench): Promise<LabFacts> {
  const { view, snapshot } = await seeTwice(bench, 'roots')
  const [inside, outside] = [snapshot.files.rootInside, snapshot.files.rootHost].map(namesOf)
  return {
    step: 'roots',
    view,
    wall: wallOf(snapshot, 'mnt'),
    inside: inside?.size ?? null,
    outside: outside?.size ?? null,
    common: inside && outside ? [...inside].filter(name => outside.has(name)).length : null,
  }
}

/** The name that the kernel has for each side; what a program said inside goes before what was only declared. */
export async function compareHostnames(bench: LabBench): Promise<LabFacts> {
  const { view, snapshot } = await seeTwice(bench, 'hostname')
  const { container, hostname } = snapshot
  return {
    step: 'hostname',
    view,
    wall: wallOf(snapshot, 'uts'),
    inside: firstLine(view.container) ?? hostname.inside,
    outside: hostname.host,
    containerName: container.name,
    shortId: container.id.slice(0, 12),
  }
}

/** Who the first process is, to each side. */
export async function compareUsers(bench: LabBench): Promise<LabFacts> {
  const { view, snapshot } = await seeTwice(bench, 'users')
  return { step: 'users', view, wall: wallOf(snapshot, 'user'), ...snapshot.users.main }
}

/** The interfaces of both sides. */
export async function compareInterfaces(bench: LabBench): Promise<LabFacts> {
  const { view, snapshot } = await seeTwice(bench, 'interfaces')
  const { inside, host } = snapshot.network
  return { step: 'interfaces', view, wall: wallOf(snapshot, 'net'), inside: inside && inside.interfaces.map(({ name }) => name), outside: host && host.interfaces.map(({ name }) => name) }
}

async function seeTwice(bench: LabBench, step: keyof typeof LAB_VIEWS): Promise<{ view: Awaited<ReturnType<LabBench['runView']>>, snapshot: Snapshot }> {
  const containerId = await runningContainer(bench)
  const view = await bench.runView(containerId, { commandId: LAB_VIEWS[step] }, bench.signal)
  return { view, snapshot: await bench.takeSnapshot(containerId, bench.signal) }
}

const wallOf = (snapshot: Snapshot, type: NamespaceType) => verdictOfNamespace(snapshot, type)

const ownProcesses = ({ processes }: Snapshot): ProcessRow[] => processes.filter(({ owner }) => owner === 'this-container')

const namesOf = (entries: readonly FileEntry[] | null): ReadonlySet<string> | null => entries && new Set(entries.map(({ name }) => name))
