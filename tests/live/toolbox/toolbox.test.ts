import { hostname } from 'node:os'
import { readFile, readlink } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { DoneAction } from '../../../shared/model/action'
import { runLine } from '../../../shared/run/run-line'
import { ownerOf } from '../../../engine/sources/owner'
import { removeAll, type StartedContainer, startContainer } from '../../support/containers'
import { docker } from '../../support/docker'
import { ensureBusyboxImage, ensureStaticImage } from '../../support/test-images'
import { TestTerminal } from '../../support/test-terminal'
import { testService } from '../take'

const { handlers, close } = testService()
const { signal } = new AbortController()
const { token } = ownerOf(hostname(), process.pid)

let image: string
let silent: string
const terminals: TestTerminal[] = []
beforeAll(async () => {
  [image, silent] = await Promise.all([ensureBusyboxImage(), ensureStaticImage()])
})
afterEach(async () => {
  for (const terminal of terminals.splice(0)) {
    terminal.leave()
    await terminal.over
  }
  await noneIsLeft()
})
afterAll(async () => {
  await close()
  await removeAll()
})

/** A container without a shell, or anything else but one program. */
const target = (flags: readonly string[] = []): Promise<StartedContainer> =>
  startContainer({ name: 'toolbox-target', image: silent, flags: ['--network=none', '--stop-signal=SIGKILL', ...flags], command: ['/sleep', '10000'] })
const offer = (containerId: string) => handlers['toolbox.offer']({ containerId }, { signal })
/** Those of this process, running or not. */
const toolboxes = (): Promise<string> => docker('ps', '--all', '--quiet', '--no-trunc', '--filter', `label=io.isoscope.temporary.owner=${token}`)

/** An engine says that a container has ended before it has removed it (`--rm`). */
const noneIsLeft = (): Promise<unknown> => vi.waitUntil(async () => await toolboxes() === '', { timeout: 10_000, interval: 50 })

function begin(containerId: string, of = image): TestTerminal {
  const terminal = new TestTerminal(handlers, inner => handlers['toolbox.open']({ containerId, image: of, columns: 91, rows: 23 }, { signal: inner }))
  terminals.push(terminal)
  return terminal
}

async function opened(containerId: string): Promise<TestTerminal> {
  const terminal = begin(containerId)
  await terminal.opened
  return terminal
}

async function done(): Promise<DoneAction[]> {
  for await (const actions of handlers['actions.watch']({}, { signal }))
    return actions
  return []
}

/** The inodes of the namespaces of a container's first process. */
async function namespaces(id: string, ...types: string[]): Promise<string[]> {
  const pid = await docker('inspect', '--format', '{{.State.Pid}}', id)
  return Promise.all(types.map(type => readlink(`/proc/${pid}/ns/${type}`)))
}

describe('a toolbox', () => {
  it('is in the container\'s namespaces, sees its files, has no capability that it has not, and is gone with its shell; the list of actions has its line', async () => {
    const { id, name } = await target()
    const { plan, joins, root, tracesBecause } = await offer(id)
    expect({ joins, root, tracesBecause }).toEqual({ joins: [{ namespace: 'pid', because: null }, { namespace: 'network', because: null }, { namespace: 'ipc', because: expect.stringContaining('--ipc private') }], root: '/proc/1/root', tracesBecause: null })
    const line = runLine({ ...plan, image })
    expect(line).toBe(`docker run -it --rm --user 0:0 -e 'PS1=$PWD \\$ ' --label io.isoscope.temporary=toolbox --label io.isoscope.temporary.owner=${token} --network container:${name} --pid container:${name} --entrypoint sh ${image} -c 'cd /proc/1/root; export PWD; exec $(command -v bash || echo sh)'`)
    const terminal = await opened(id)
    const box = await toolboxes()
    expect((await done()).at(-1)).toMatchObject({ command: line, outcome: 'running' })
    await terminal.type('ls; stty size; cat /proc/1/cmdline | tr "\\0" " "; grep CapPrm /proc/1/status /proc/self/status | sort\r')
    await terminal.shows(/\ndev +etc +proc +sleep +sys\r\n23 91\r\n\/sleep 10000/)
    await terminal.shows(/\/proc\/1\/status:CapPrm:\t(\w+)\r\n\/proc\/self\/status:CapPrm:\t\1\r\n/)
    expect(await namespaces(box, 'pid', 'net')).toEqual(await namespaces(id, 'pid', 'net'))
    expect(await namespaces(box, 'ipc')).not.toEqual(await namespaces(id, 'ipc'))
    await terminal.shows('/proc/1/root # ')
    expect(terminal.text).not.toContain('getcwd')
    await terminal.resize(100, 30)
    await terminal.type('stty size\r')
    await terminal.shows('30 100')
    await terminal.type('exit 7\r')
    await terminal.over
    expect(terminal.ended).toEqual({ item: 'ended', exitCode: 7, isContainerGone: false })
    await vi.waitUntil(async () => (await done()).at(-1)?.outcome === 'done')
    await noneIsLeft()
  })

  it.each<[what: string, flags: string[], expected: { user: string, added: string[], dropped: string[], traces: boolean }]>([
    ['an ordinary user', ['--user=1000:1001'], { user: '1000:1001', added: [], dropped: ['ALL'], traces: false }],
    ['root with fewer capabilities', ['--cap-drop=ALL', '--cap-add=CHOWN'], { user: '0:0', added: ['CHOWN'], dropped: ['ALL'], traces: false }],
    ['root with another capability', ['--cap-add=NET_ADMIN'], { user: '0:0', added: ['NET_ADMIN'], dropped: [], traces: false }],
    ['root of another group', ['--user=0:1000', '--security-opt=no-new-privileges'], { user: '0:1000', added: [], dropped: [], traces: false }],
  ])('sees the files of %s with no more rights than that takes', async (_, flags, expected) => {
    const { id } = await target([...flags, '--volume=/kept'])
    const { plan, tracesBecause } = await offer(id)
    expect({ user: plan.user, added: plan.capabilitiesAdded.map(name => name.replace('CAP_', '')), dropped: plan.capabilitiesDropped, traces: tracesBecause !== null }).toEqual(expected)
    const terminal = await opened(id)
    await terminal.type('ls -d kept sleep\r')
    await terminal.shows(/\nkept +sleep\r\n/)
  })

  it('may trace where nobody can look who the container\'s first process is', async () => {
    const { id } = await target(['--user=1000:1001'])
    const blind = testService({ procRoot: '/nowhere' })
    expect(await blind.handlers['toolbox.offer']({ containerId: id }, { signal })).toMatchObject({ plan: { user: '0:0', capabilitiesAdded: ['SYS_PTRACE'] }, root: '/proc/1/root', tracesBecause: expect.stringContaining('cannot be read') })
    const terminal = new TestTerminal(blind.handlers, inner => blind.handlers['toolbox.open']({ containerId: id, image, columns: 80, rows: 24 }, { signal: inner }))
    terminals.push(terminal)
    await terminal.opened
    await terminal.type('ls sleep\r')
    await terminal.shows(/\nsleep\r\n/)
    await terminal.close()
  })

  it('joins the IPC namespace that was made to be shared', async () => {
    const { id, name } = await target(['--ipc=shareable'])
    expect((await offer(id)).plan.modes).toMatchObject({ ipc: `container:${name}` })
    await opened(id)
    expect(await namespaces(await toolboxes(), 'pid', 'net', 'ipc')).toEqual(await namespaces(id, 'pid', 'net', 'ipc'))
  })

  it('finds the container\'s files where its first process is not the first of its PID namespace, and is gone with the container', async () => {
    const owner = await target()
    const joined = await target([`--pid=container:${owner.name}`, '--hostname=it-is-me'])
    const hosted = await target(['--pid=host', '--hostname=it-is-me'])
    const pidOf = async (id: string): Promise<string> => docker('inspect', '--format', '{{.State.Pid}}', id)
    const inside = /^NSpid:.*\t(\d+)$/m.exec(await readFile(`/proc/${await pidOf(joined.id)}/status`, 'utf8'))?.[1]
    for (const [{ id }, pid] of [[joined, inside], [hosted, await pidOf(hosted.id)]] as const) {
      expect((await offer(id)).root).toBe(`/proc/${pid}/root`)
      const terminal = await opened(id)
      await terminal.type('ls sleep; tail -n1 etc/hostname\r')
      await terminal.shows(/\nsleep\r\nit-is-me\r\n/)
      await docker('kill', id)
      await terminal.over
      expect(terminal.ended).toMatchObject({ isContainerGone: true })
      await noneIsLeft()
    }
  })

  it('is gone when its page is, when its tab is closed, and when Isoscope ends', async () => {
    const { id } = await target()
    const left = await opened(id)
    left.leave()
    await left.over
    await noneIsLeft()
    const closed = await opened(id)
    await closed.close()
    await noneIsLeft()
    const other = testService()
    const ended = new TestTerminal(other.handlers, inner => other.handlers['toolbox.open']({ containerId: id, image, columns: 80, rows: 24 }, { signal: inner }))
    await ended.opened
    const opening = new TestTerminal(other.handlers, inner => other.handlers['toolbox.open']({ containerId: id, image, columns: 80, rows: 24 }, { signal: inner }))
    await vi.waitUntil(async () => (await toolboxes()).split('\n').length === 2, { interval: 5 })
    await other.close()
    await noneIsLeft()
    await Promise.all([ended.over, opening.over])
  })

  it('can be opened beside a container that is paused', async () => {
    const { id } = await target()
    await docker('pause', id)
    const terminal = await opened(id)
    await terminal.type('ls sleep\r')
    await terminal.shows(/\nsleep\r\n/)
  })
})

describe('no toolbox is left', () => {
  it.each<[what: string, code: string, before: (id: string) => Promise<unknown>, of: () => string]>([
    ['where the container has ended', 'CONTAINER_ENDED', id => docker('kill', id), () => image],
    ['where the container is gone', 'CONTAINER_GONE', id => docker('rm', '--force', id), () => image],
    ['where the image is not there', 'IMAGE_MISSING', async () => {}, () => `isoscope-test-no-image-${process.pid}`],
    ['where the image has no shell', 'TOOLBOX_WITHOUT_SHELL', async () => {}, () => silent],
  ])('%s', async (_, code, before, of) => {
    const { id } = await target()
    await before(id)
    const terminal = begin(id, of())
    await terminal.over
    expect(terminal.error).toMatchObject({ problem: { code, what: expect.any(String), fix: expect.any(String) } })
    await noneIsLeft()
  })
})
