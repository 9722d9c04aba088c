import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { analyse } from '../../../shared/analysis/analyse'
import type { DoneAction } from '../../../shared/model/action'
import type { Knob } from '../../../shared/model/knob'
import type { RanSibling } from '../../../shared/model/run-context'
import type { Snapshot } from '../../../shared/model/snapshot'
import { findingDifferences, foretoldDifference } from '../../../shared/run/foretold-difference'
import { KNOB_KINDS, knobFlag } from '../../../shared/run/knobs'
import { predictIsolation } from '../../../shared/run/predict-isolation'
import { siblingPlan } from '../../../shared/run/sibling'
import { removeAll, type StartedContainer } from '../../support/containers'
import { docker } from '../../support/docker'
import { startEditingProxy } from '../../support/editing-proxy'
import { ENGINE_SOCKET } from '../../support/engine-socket'
import { start } from '../start'
import { testService } from '../take'
import { askedFor } from './made-by-docker'

const { handlers, takeSnapshot, close } = testService()
const { signal } = new AbortController()
const network = `isoscope-test-again-${process.pid}`
const volume = `isoscope-test-again-${process.pid}`
/** Of a machine's own engine that has not all rights itself: it runs nothing with all of them. */
let runsPrivileged: boolean
let original: StartedContainer
const siblings: string[] = []

beforeAll(async () => {
  await docker('network', 'create', network)
  original = await start({
    name: 'again',
    flags: [
      '--network', network, '--publish', '127.0.0.1:39871:80', '--publish', '81', '--env', 'A=1', '--env', 'DB_PASSWORD=hunter2', '--label', 'kept=yes', '--label', 'com.docker.compose.project=gone',
      '--volume', `${volume}:/data`, '--volume', '/nameless', '--cap-add', 'NET_ADMIN', '--cap-drop', 'MKNOD', '--hostname', 'box', '--memory', '128m', '--memory-swap', '128m', '--sysctl', 'net.ipv4.ip_unprivileged_port_start=80', '--rm',
    ],
  })
  runsPrivileged = await docker('run', '--rm', '--privileged', '--network', 'none', 'isoscope-test-busybox', 'true').then(() => true, () => false)
})
afterEach(async () => {
  if (siblings.length > 0)
    await docker('rm', '--force', '--volumes', ...siblings.splice(0))
})
afterAll(async () => {
  await close()
  await removeAll()
  await docker('network', 'rm', network)
  await docker('volume', 'rm', '--force', volume)
})

async function runAgain(knob: Knob): Promise<RanSibling> {
  const ran = await handlers['container.runAgain']({ containerId: original.id, knob }, { signal })
  siblings.push(ran.containerId)
  return ran
}
const siblingNames = async (): Promise<string[]> => (await docker('ps', '--all', '--format', '{{.Names}}', '--filter', `name=${original.name}-`)).split('\n').filter(name => name !== '')

async function done(): Promise<DoneAction[]> {
  for await (const actions of handlers['actions.watch']({}, { signal }))
    return actions
  return []
}

/** Where two answers of docker differ, as paths; a list is one value. */
function differences(a: unknown, b: unknown, path = ''): string[] {
  if (isFields(a) && isFields(b))
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap(key => differences(a[key], b[key], path === '' ? key : `${path}.${key}`))
  return JSON.stringify(a) === JSON.stringify(b) ? [] : [path]
}
const isFields = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What differs whatever the flag: a port of the host is taken, what ends stays, and Compose finds its own. */
const ALWAYS = ['Config.Labels.com.docker.compose.project', 'HostConfig.AutoRemove', 'HostConfig.PortBindings.80/tcp']

const KNOBS: Readonly<Record<Knob['kind'], { readonly knob: Knob, readonly differs: readonly string[] }>> = {
  // What the engine adds itself: the label of SELinux is off where the host's processes are seen.
  'pid-host': { knob: { kind: 'pid-host' }, differs: ['HostConfig.PidMode', 'HostConfig.SecurityOpt'] },
  'network-host': { knob: { kind: 'network-host' }, differs: ['Config.ExposedPorts', 'HostConfig.NetworkMode', 'HostConfig.PortBindings.81/tcp', 'HostConfig.Sysctls', `Networks.${network}`, 'Networks.host'] },
  'privileged': { knob: { kind: 'privileged' }, differs: ['HostConfig.Privileged', 'HostConfig.SecurityOpt', 'HostConfig.MaskedPaths', 'HostConfig.ReadonlyPaths'] },
  'cap-drop-all': { knob: { kind: 'cap-drop-all' }, differs: ['HostConfig.CapDrop'] },
  'read-only': { knob: { kind: 'read-only' }, differs: ['HostConfig.ReadonlyRootfs'] },
  'user': { knob: { kind: 'user', user: '1000:1000' }, differs: ['Config.User'] },
  'memory': { knob: { kind: 'memory', bytes: 64 * 1024 ** 2 }, differs: ['HostConfig.Memory'] },
}

/** A snapshot in which every namespace is known: while a container of somebody else's starts, it cannot be told whose it is. */
const settled = async (id: string): Promise<Snapshot> => {
  for (;;) {
    const snapshot = await takeSnapshot(id, signal)
    if (snapshot.namespaces.every(({ verdict }) => verdict !== 'unknown'))
      return snapshot
  }
}

describe.each(KNOB_KINDS.map(kind => KNOBS[kind]))('a sibling with $knob.kind', ({ knob, differs }) => {
  it('is to docker what the original is, but for the flag, and is isolated otherwise as was foretold', async () => {
    if (knob.kind === 'privileged' && !runsPrivileged) {
      await expect(runAgain(knob)).rejects.toMatchObject({ problem: { code: 'ENGINE_WITHOUT_RIGHTS', what: expect.stringContaining('The engine said') } })
      expect(await siblingNames()).toEqual([])
      return
    }
    const { plan, image, lost } = await handlers['container.plan']({ containerId: original.id }, { signal })
    expect(lost).toEqual([])
    const context = { ...await handlers['run.context']({}, { signal }), image }
    const foretold = foretoldDifference(predictIsolation(plan, context), predictIsolation(siblingPlan(plan, knob, new Set()), context))

    const ran = await runAgain(knob)
    expect(ran).toEqual({ containerId: expect.stringMatching(/^[0-9a-f]{64}$/), name: expect.stringContaining(`${original.name}-`), warnings: [], ended: null, otherwise: [] })
    expect(new Set(differences(await askedFor(original.id), await askedFor(ran.containerId)))).toEqual(new Set([...differs, ...ALWAYS]))

    const [before, after] = [await settled(original.id), await settled(ran.containerId)]
    const changed = after.namespaces.filter(({ type, verdict }) => before.namespaces.find(namespace => namespace.type === type)?.verdict !== verdict)
    expect(foretold.namespaces.map(({ after: { type, verdict } }) => `${type} ${verdict}`)).toEqual(changed.map(({ type, verdict }) => `${type} ${verdict}`))
    const told = (all: ReturnType<typeof findingDifferences>): string[] => all.map(({ before: was, after: is }) => `${is.rule.id}: ${was.outcome.status} ${was.severity} → ${is.outcome.status} ${is.severity}`).sort()
    // Some cannot be foretold: those are observed, and compared by nobody.
    const open = new Set(foretold.findings.filter(({ before: was, after: is }) => was.outcome.status === 'unknown' || is.outcome.status === 'unknown').map(({ after: { rule } }) => rule.id))
    const decided = (all: ReturnType<typeof findingDifferences>): ReturnType<typeof findingDifferences> => all.filter(({ after: { rule } }) => !open.has(rule.id))
    expect(told(decided(foretold.findings))).toEqual(told(decided(findingDifferences(analyse(before), analyse(after)))))
  })
})

describe('a sibling', () => {
  it('has the environment that the original has, of which nothing is told or recorded', async () => {
    const { plan } = await handlers['container.plan']({ containerId: original.id }, { signal })
    expect(plan.environment).toEqual([{ name: 'A', value: '…' }, { name: 'DB_PASSWORD', value: '…' }])
    const ran = await runAgain({ kind: 'read-only' })
    expect(JSON.parse(await docker('inspect', '--format', '{{json .Config.Env}}', ran.containerId))).toEqual(['A=1', 'DB_PASSWORD=hunter2'])
    const recorded = (await done()).at(-1)
    expect(recorded).toMatchObject({ outcome: 'done', command: expect.stringMatching(new RegExp(`^docker run -d --name ${original.name}-read-only .*-e 'A=…' -e 'DB_PASSWORD=…' .*--read-only`)), undo: { verb: 'stop', container: { id: ran.containerId, name: ran.name } } })
  })

  it('takes the next name where its own is in use, writes to the named volume of both and has a nameless one of its own', async () => {
    const first = await runAgain({ kind: 'cap-drop-all' })
    const second = await runAgain({ kind: 'cap-drop-all' })
    expect([first.name, second.name]).toEqual([`${original.name}-cap-drop-all`, `${original.name}-cap-drop-all-2`])
    const volumes = async (id: string): Promise<string[]> => (await docker('inspect', '--format', '{{range .Mounts}}{{.Destination}} {{.Name}}\n{{end}}', id)).split('\n').filter(mount => mount !== '').sort()
    const [data, nameless] = await volumes(original.id)
    const [ownData, ownNameless] = await volumes(first.containerId)
    expect(ownData).toBe(data)
    expect(ownNameless).not.toBe(nameless)
  })

  it.each<[string, Knob, string]>([
    ['a user whom the image does not have', { kind: 'user', user: 'nobody-of-that-name' }, 'USER_MISSING'],
    ['less memory than a container can live with', { kind: 'memory', bytes: 1024 }, 'MEMORY_TOO_LITTLE'],
    ['a flag that it has already', { kind: 'memory', bytes: 128 * 1024 ** 2 }, 'FLAG_IS_SET'],
  ])('that cannot be is told in plain words and leaves nothing behind: %s', async (_what, knob, code) => {
    await expect(runAgain(knob)).rejects.toMatchObject({ problem: { code, what: expect.any(String), fix: expect.any(String) } })
    expect(await siblingNames()).toEqual([])
  })

  it('that ends at once is told to have ended, and is there to be looked at', async () => {
    const writing = await start({ name: 'again-writes', flags: ['--network', 'none'], command: ['sh', '-c', 'echo no > /etc/no || exit 3; exec sleep 10000'] })
    const ran = await handlers['container.runAgain']({ containerId: writing.id, knob: { kind: 'read-only' } }, { signal })
    siblings.push(ran.containerId)
    expect(ran.ended).toEqual({ exitCode: 3 })
    expect(await docker('logs', ran.containerId)).toBe('')
  })

  it('is made of the image that the container has, also where its name is another’s by now', async () => {
    const tag = `isoscope-test-again-${process.pid}`
    await docker('tag', 'isoscope-test-busybox', tag)
    const tagged = await start({ name: 'again-tagged', flags: ['--network', 'none'], image: tag })
    try {
      await docker('tag', 'nodejsapp', tag)
      const ran = await handlers['container.runAgain']({ containerId: tagged.id, knob: { kind: 'read-only' } }, { signal })
      siblings.push(ran.containerId)
      expect(await docker('inspect', '--format', '{{.Image}}', ran.containerId)).toBe(await docker('inspect', '--format', '{{.Image}}', tagged.id))
    }
    finally {
      await docker('rmi', tag)
    }
  })

  it('that an engine makes otherwise than was asked says how', async () => {
    // As an engine whose default is another one, which its API does not tell.
    const proxy = await startEditingProxy(ENGINE_SOCKET)
    proxy.edit = (path, answer) => path.endsWith('/json') && !path.includes(original.id) && isFields(answer) && isFields(answer['HostConfig'])
      ? { ...answer, HostConfig: { ...answer['HostConfig'], IpcMode: 'shareable' } }
      : answer
    const through = testService({ env: { ...process.env, DOCKER_HOST: proxy.address } })
    try {
      const ran = await through.handlers['container.runAgain']({ containerId: original.id, knob: { kind: 'read-only' } }, { signal })
      siblings.push(ran.containerId)
      expect(ran.otherwise).toEqual(['It was made with --ipc shareable.'])
    }
    finally {
      await through.close()
      await proxy.close()
    }
  })

  it('of a container whose image is gone is none', async () => {
    const image = `isoscope-test-again-gone-${process.pid}`
    await docker('commit', original.id, image)
    const id = await docker('create', '--network', 'none', image, 'true')
    siblings.push(id)
    await docker('rmi', '--force', image)
    await expect(handlers['container.plan']({ containerId: id }, { signal })).rejects.toMatchObject({ problem: { code: 'IMAGE_GONE', fix: expect.stringContaining('page Run') } })
  })

  it('of a container that is gone is none', async () => {
    await expect(handlers['container.runAgain']({ containerId: 'f'.repeat(64), knob: { kind: 'pid-host' } }, { signal })).rejects.toMatchObject({ problem: { code: 'CONTAINER_GONE' } })
    await expect(handlers['container.plan']({ containerId: 'f'.repeat(64) }, { signal })).rejects.toMatchObject({ problem: { code: 'CONTAINER_GONE' } })
  })
})

it('every flag that is offered is tried', () => {
  expect(KNOB_KINDS.map(kind => knobFlag(KNOBS[kind].knob))).toHaveLength(Object.keys(KNOBS).length)
})
