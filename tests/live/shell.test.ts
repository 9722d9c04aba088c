import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { DoneAction } from '../../shared/model/action'
import type { ShellRequest } from '../../shared/model/shell'
import { removeAll, type StartedContainer } from '../support/containers'
import { docker } from '../support/docker'
import { TestTerminal } from '../support/test-terminal'
import { ensureStaticImage } from '../support/test-images'
import { start } from './start'
import { testService } from './take'

const { handlers, close } = testService()
const { signal } = new AbortController()

let container: StartedContainer
beforeAll(async () => { container = await start({ name: 'shell', flags: ['--network=none', '--env=PS1=$ '] }) })
afterAll(async () => {
  await close()
  await removeAll()
})

const terminals: TestTerminal[] = []
afterEach(async () => {
  for (const terminal of terminals.splice(0)) {
    terminal.goOn()
    terminal.leave()
    await terminal.over
  }
})

const begin = (request: Partial<ShellRequest> = {}): TestTerminal => new TestTerminal(handlers, inner =>
  handlers['shell.open']({ containerId: container.id, shell: '/bin/sh', user: '', workingDirectory: '', columns: 80, rows: 24, ...request }, { signal: inner }))

async function opened(request: Partial<ShellRequest> = {}): Promise<TestTerminal> {
  const terminal = begin(request)
  terminals.push(terminal)
  await terminal.opened
  return terminal
}

const commandsIn = async (id = container.id): Promise<string[]> => (await docker('top', id, '-eo', 'pid,args')).split('\n').slice(1).map(line => line.trim().replace(/^\d+ +/, ''))
const onlyItsOwn = (id = container.id): Promise<unknown> => vi.waitUntil(async () => (await commandsIn(id)).length === 1, { timeout: 10_000, interval: 50 })

async function done(): Promise<DoneAction[]> {
  for await (const actions of handlers['actions.watch']({}, { signal }))
    return actions
  return []
}

describe('a terminal in a container', () => {
  it('does what is typed, knows its size, and ends with the shell\'s exit code; the list of actions has it', async () => {
    const terminal = await opened({ user: 'app', workingDirectory: '/tmp', columns: 91, rows: 23 })
    expect((await done()).at(-1)).toMatchObject({ command: `docker exec -it -u app -w /tmp ${container.name} /bin/sh`, outcome: 'running' })
    await terminal.type('echo $((6*7)) "$(id -un)" "$PWD" ü; stty size\r')
    await terminal.shows(/\n42 app \/tmp ü\r\n23 91\r\n/)
    await terminal.resize(100, 30)
    await terminal.type('stty size\r')
    await terminal.shows('30 100')
    await terminal.type('exit 7\r')
    await terminal.over
    expect(terminal).toMatchObject({ error: null, ended: { exitCode: 7, isContainerGone: false } })
    expect((await done()).at(-1)).toMatchObject({ outcome: 'done' })
    await expect(terminal.type('x')).rejects.toMatchObject({ problem: { code: 'SHELL_ENDED' } })
    await onlyItsOwn()
  })

  it('holds a program back that writes more than is taken, and Ctrl+C reaches it all the same', async () => {
    const terminal = await opened()
    await terminal.type('yes isoscope\r')
    await terminal.shows('isoscope\r\nisoscope')
    terminal.hold()
    // In its write(2), which waits: it uses no processor.
    await vi.waitUntil(async () => {
      const states = [await inFront(), await inFront(), await inFront()]
      return states.every(state => state === 'S+')
    }, { timeout: 10_000, interval: 100 })
    expect(terminal.outputBytes).toBeLessThan(8 * 1024 * 1024)
    await terminal.type('\x03')
    await vi.waitUntil(async () => await inFront() === null, { timeout: 5_000, interval: 50 })
    terminal.goOn()
    await terminal.type('echo al""ive\r')
    await terminal.shows('alive')
    await terminal.close()
    await terminal.over
    expect(terminal.ended).toMatchObject({ exitCode: 129 })
  })

  it.each([
    ['an idle shell', '', '$ '],
    ['a program in front', 'vi /tmp/x\r', '~'],
    ['jobs behind', 'sleep 4321 & sleep 4322 & echo jo""bs\r', 'jobs'],
    ['a program that floods', 'yes\r', 'y\r\ny'],
    ['a shell that ignores the hang-up', 'trap "" HUP; echo de""af\r', 'deaf'],
  ])('leaves nothing behind when its page goes away: %s', async (_what, typed, shown) => {
    const terminal = await opened()
    await terminal.type(typed)
    await terminal.shows(shown)
    expect((await commandsIn()).length).toBeGreaterThan(1)
    terminal.leave()
    await onlyItsOwn()
    await terminal.over
  })

  it('leaves nothing behind as another user, and when it is closed by hand', async () => {
    const terminal = await opened({ user: 'app' })
    await terminal.type('sleep 4323\r')
    await vi.waitUntil(async () => await inFront() !== null, { timeout: 5_000, interval: 50 })
    await terminal.close()
    await terminal.over
    await onlyItsOwn()
  })

  it.each([
    ['a shell that is not there', { shell: '/bin/nope' }, 'SHELL_MISSING'],
    ['a name that is not in the PATH', { shell: 'nope' }, 'SHELL_MISSING'],
    ['a user that is not there', { user: 'nobody-such' }, 'USER_MISSING'],
    ['a group that is not there', { user: 'app:nosuch' }, 'USER_MISSING'],
    ['a folder that is not there', { workingDirectory: '/no/such' }, 'FOLDER_MISSING'],
  ])('says what is missing: %s', async (_what, request, code) => {
    await expect(opened(request)).rejects.toMatchObject({ problem: { code, what: expect.stringContaining(container.name), fix: expect.any(String) } })
    expect((await done()).at(-1)).toMatchObject({ outcome: 'failed' })
    await onlyItsOwn()
  })

  it('is refused where the container is paused or stopped, and ends with it', async () => {
    const other = await start({ name: 'shell-stops', flags: ['--network=none', '--stop-timeout=0'] })
    const terminal = await opened({ containerId: other.id })
    await docker('pause', other.id)
    await expect(opened({ containerId: other.id })).rejects.toMatchObject({ problem: { code: 'CONTAINER_PAUSED' } })
    await docker('unpause', other.id)
    await docker('stop', other.id)
    await terminal.over
    expect(terminal).toMatchObject({ error: null, ended: { isContainerGone: true, exitCode: 137 } })
    await expect(opened({ containerId: other.id })).rejects.toMatchObject({ problem: { code: 'CONTAINER_ENDED' } })
    await expect(handlers['shell.find']({ containerId: other.id }, { signal })).rejects.toMatchObject({ problem: { code: 'CONTAINER_ENDED' } })
  })

  it('ends with Isoscope, which waits until it has', async () => {
    const own = testService()
    const items = own.handlers['shell.open']({ containerId: container.id, shell: '/bin/sh', user: '', workingDirectory: '', columns: 80, rows: 24 }, { signal })[Symbol.asyncIterator]()
    expect((await items.next()).value).toMatchObject({ item: 'opened' })
    await own.close()
    expect(await commandsIn()).toHaveLength(1)
  })
})

describe('the shells of a container', () => {
  it('are found without running anything in it, the best first', async () => {
    const before = await docker('inspect', '--format', '{{.ExecIDs}}', container.id)
    expect(await handlers['shell.find']({ containerId: container.id }, { signal })).toEqual({ shells: ['/bin/ash', '/bin/sh'], because: null, user: '', workingDirectory: '/' })
    expect(await docker('inspect', '--format', '{{.ExecIDs}}', container.id)).toBe(before)
  })

  it('are none in an image without one', async () => {
    const bare = await start({ name: 'shell-none', image: await ensureStaticImage(), flags: ['--network=none', '--user=1000', '--workdir=/'], command: ['/sleep', '10000'] })
    expect(await handlers['shell.find']({ containerId: bare.id }, { signal })).toEqual({ shells: [], because: null, user: '1000', workingDirectory: '/' })
  })
})

/** The state of what a shell runs in front (ps(1), STAT); null: nothing. busybox's shell runs its own commands under its name. */
async function inFront(): Promise<string | null> {
  const rows = (await docker('top', container.id, '-eo', 'pid,stat,args')).split('\n').slice(1).map(row => row.trim().split(/\s+/))
  return rows.find(([, state = '']) => state.endsWith('+') && !state.includes('s'))?.[1] ?? null
}
