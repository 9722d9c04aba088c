import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { DoneAction } from '../../shared/model/action'
import { VIEW_LIMITS, type ViewAnswer, type ViewCommandId, type ViewSide } from '../../shared/model/two-views'
import { MASK } from '../../shared/report/redaction/mask-text'
import { VIEW_COMMANDS } from '../../shared/two-views/commands'
import { removeAll, type StartedContainer } from '../support/containers'
import { docker } from '../support/docker'
import { ensureNodeapp } from '../support/nodeapp'
import { start } from './start'
import { testService } from './take'

const { handlers, close } = testService()
const { signal } = new AbortController()
const run = promisify(execFile)

let container: StartedContainer
beforeAll(async () => { container = await start({ name: 'views', flags: ['--network', 'none', '--env', 'API_TOKEN=two\nlines of it'] }) })
afterAll(async () => {
  await close()
  await removeAll()
})

const view = (commandId: ViewCommandId, containerId = container.id): Promise<ViewAnswer> => handlers['view.run']({ containerId, asked: { commandId } }, { signal })
const own = async (argv: string[], containerId = container.id, by = handlers): Promise<ViewSide> => (await by['view.run']({ containerId, asked: { argv } }, { signal })).container
const text = ({ lines }: ViewSide): string => lines.map(line => line.text).join('\n')

/** What is mounted for other containers, which come and go. */
const withoutOthers = (mounts: string): string => mounts.split('\n').filter(line => !/\/docker\/|\/containers\//.test(line)).join('\n')
const commandsInside = async ({ id } = container): Promise<string[]> => (await docker('top', id, '-eo', 'pid,args')).split('\n').slice(1).map(line => line.trim().replace(/^\d+ +/, ''))

async function done(): Promise<DoneAction[]> {
  for await (const actions of handlers['actions.watch']({}, { signal }))
    return actions
  return []
}

describe('the same command, two views', () => {
  it.each(['ls', 'pwd', 'id', 'hostname', 'mount', 'nproc'] as const)('%s: inside as docker exec has it, outside as the program itself', async (commandId) => {
    const [program = '', ...args] = VIEW_COMMANDS.find(({ id }) => id === commandId)?.argvs[0] ?? []
    const { container: inside, host, thisComputer } = await view(commandId)
    const outside = (await run(program, args, { env: { PATH: process.env.PATH, LC_ALL: 'en_US.UTF-8' } })).stdout.trimEnd()
    expect(text(inside)).toBe(await docker('exec', container.id, program, ...args))
    expect(host && withoutOthers(text(host))).toBe(withoutOthers(outside))
    expect(thisComputer).toBeNull()
    expect([inside.exitCode, host?.exitCode]).toEqual([0, 0])
    expect(inside.command).toBe(`docker exec ${container.name} ${[program, ...args].join(' ')}`)
  })

  it('os-release is of the image inside, and of the machine outside', async () => {
    const nodeapp = await ensureNodeapp()
    const { container: inside, host } = await view('os-release', nodeapp)
    expect(text(inside)).toBe(await docker('exec', nodeapp, 'cat', '/etc/os-release'))
    expect(host && text(host)).toBe((await run('cat', ['/etc/os-release'])).stdout.trimEnd())
  })

  it('ps sees itself inside, and the host sees it, too', async () => {
    const { container: inside, host } = await view('ps')
    expect(inside.lines.map(line => line.text.trim().split(/\s+/).slice(2).join(' '))).toEqual(['COMMAND', 'sleep 10000', 'ps aux'])
    expect(inside.pid).toBeGreaterThan(0)
    expect(host?.lines.some(line => line.text.split(/\s+/)[1] === String(host.pid) && line.text.endsWith('ps aux'))).toBe(true)
    expect(host?.lines.some(line => line.text.endsWith('sleep 10000'))).toBe(true)
  })

  it('values of an environment are told nowhere, however many lines they have', async () => {
    const { container: inside, host } = await view('env')
    expect(inside.lines.map(line => line.text).sort()).toEqual(['API_TOKEN', 'HOME', 'HOSTNAME', 'PATH'].map(name => `${name}=${MASK}`))
    expect(host?.lines.map(line => line.text)).toEqual(expect.arrayContaining([`PATH=${MASK}`]))
    expect(JSON.stringify([inside, host])).not.toContain('lines of it')
  })

  it('another program says the same where the image has not the first one, and says it on both sides', async () => {
    const nodeapp = await ensureNodeapp()
    const { argv, container: inside, host } = await view('mount', nodeapp)
    expect(argv).toEqual(['cat', '/proc/mounts'])
    expect(text(inside)).toBe(await docker('exec', nodeapp, 'cat', '/proc/mounts'))
    expect(host?.command).toBe('cat /proc/mounts')
  })
})

describe('a command of one\'s own', () => {
  it('runs as the arguments that it is, with both of its streams and its exit code', async () => {
    const side = await own(['sh', '-c', 'echo "$0"; echo no >&2; exit 7', 'a b\'c'])
    expect(side.lines.map(({ stream, text: said }) => [stream, said]).sort()).toEqual([['stderr', 'no'], ['stdout', 'a b\'c']])
    expect(side.exitCode).toBe(7)
    expect(side.command).toBe(`docker exec ${container.name} sh -c 'echo "$0"; echo no >&2; exit 7' 'a b'\\''c'`)
  })

  it('is text, whatever it writes', async () => {
    const side = await own(['printf', '\\033]0;pwn\\007\\033[31mred\\r\\n<b>\\377\\n'])
    expect(text(side)).toBe('\\x1b]0;pwn\\x07red\n<b>\\xff')
  })

  it('that the image has not is said to be missing', async () => {
    const side = await own(['nope'])
    expect(side).toMatchObject({ lines: [], exitCode: null, problem: { code: 'PROGRAM_MISSING', what: `The image of ${container.name} has no program nope.` } })
    expect((await own(['/etc'])).problem?.code).toBe('PROGRAM_NOT_ALLOWED')
  })

  it('is recorded with what does the same, also when it fails', async () => {
    const before = (await done()).length
    await own(['true'])
    await own(['nope'])
    expect((await done()).slice(before).map(({ command, outcome }) => `${command}: ${outcome}`)).toEqual([`docker exec ${container.name} true: done`, `docker exec ${container.name} nope: failed`])
  })

  it('that writes without end is cut, and ended', async () => {
    const side = await own(['yes', 'no end'])
    expect(side).toMatchObject({ endedAt: 'size', exitCode: null, problem: null })
    expect(side.lines.length).toBe(VIEW_LIMITS.lines)
    expect(await commandsInside()).toEqual(['sleep 10000'])
    const wide = await own(['sh', '-c', 'while :; do printf %0100000d 1; echo; done'])
    expect(wide.endedAt).toBe('size')
    expect(wide.lines[0]).toMatchObject({ isCut: true })
    expect(await commandsInside()).toEqual(['sleep 10000'])
  })

  it('that does not end is ended at the limit, with all that it started', async () => {
    const side = await own(['sh', '-c', 'sleep 1111 & sleep 1112; echo never'])
    expect(side).toMatchObject({ endedAt: 'time', exitCode: null, problem: null, lines: [] })
    expect(side.tookMs).toBeGreaterThan(VIEW_LIMITS.ms)
    expect(side.tookMs).toBeLessThan(VIEW_LIMITS.ms + 3000)
    expect(await commandsInside()).toEqual(['sleep 10000'])
    expect((await done()).at(-1)?.command).toMatch(/^kill -9 \d+ \d+ \d+$/)
  }, 20_000)

  it('that closes its output and runs on is ended, too', async () => {
    expect(await own(['sh', '-c', 'exec >&- 2>&-; sleep 1114'])).toMatchObject({ endedAt: 'time', problem: null, lines: [] })
    expect(await commandsInside()).toEqual(['sleep 10000'])
  }, 20_000)

  it('is ended at its very beginning, before the engine knows its process', async () => {
    for (let times = 0; times < 5; times += 1)
      expect(await own(['yes', 'early'])).toMatchObject({ endedAt: 'size', problem: null })
    expect(await commandsInside()).toEqual(['sleep 10000'])
  })

  it('is ended when whoever asked has left', async () => {
    const leaving = new AbortController()
    const asked = handlers['view.run']({ containerId: container.id, asked: { argv: ['sleep', '1113'] } }, { signal: leaving.signal })
    asked.catch(() => {})
    await vi.waitUntil(async () => (await commandsInside()).includes('sleep 1113'))
    leaving.abort()
    await vi.waitUntil(async () => !(await commandsInside()).includes('sleep 1113'))
  })

  it('is ended by a kill inside where this computer sees none of its processes', async () => {
    const elsewhere = testService({ procRoot: '/nonexistent' })
    const side = await own(['yes'], container.id, elsewhere.handlers)
    expect(side).toMatchObject({ endedAt: 'size', problem: null })
    expect(side.command).toMatch(/^docker exec --env ISOSCOPE_RUN=[0-9a-f]{16} \S+ yes$/)
    expect(await commandsInside()).toEqual(['sleep 10000'])
    await elsewhere.close()
  })
})

describe('where it cannot be', () => {
  it('says that the container is paused, or does not run, and shows the outside all the same', async () => {
    await docker('pause', container.id)
    const paused = await view('hostname')
    expect(paused.container.problem).toMatchObject({ code: 'CONTAINER_PAUSED', what: expect.stringContaining(`${container.name} is paused.`) })
    expect(paused.host?.exitCode).toBe(0)
    await docker('unpause', container.id)
    const stopped = await start({ name: 'views-stopped', flags: ['--network', 'none'] })
    await docker('kill', stopped.id)
    expect((await view('id', stopped.id)).container.problem).toMatchObject({ code: 'CONTAINER_ENDED', fix: 'Start it first.' })
  })

  it('has what the helper reads of the engine\'s machine, and says that no program ran there', async () => {
    const helped = testService({ procRoot: '/nonexistent' })
    helped.permitHelper('every')
    const read = async (commandId: ViewCommandId): Promise<ViewSide | null> => (await helped.handlers['view.run']({ containerId: container.id, asked: { commandId } }, { signal })).host
    const [hostname, ls, mount, ps, id] = [await read('hostname'), await read('ls'), await read('mount'), await read('ps'), await read('id')]
    expect(hostname).toMatchObject({ how: 'read', command: 'cat /proc/sys/kernel/hostname', exitCode: null, problem: null })
    expect(hostname && text(hostname)).toBe((await run('hostname')).stdout.trim())
    expect(ls && text(ls)).toBe((await run('ls', ['/'], { env: { LC_ALL: 'C', PATH: process.env.PATH } })).stdout.trim())
    expect(mount && withoutOthers(text(mount))).toBe(withoutOthers((await run('cat', ['/proc/1/mounts'])).stdout.trim()))
    expect(ps?.lines.some(line => line.text.endsWith(' sleep 10000'))).toBe(true)
    expect(id?.problem).toMatchObject({ code: 'HOST_NOT_READ' })
    await helped.close()
  }, 30_000)

  it('does not take this computer for the engine\'s machine where that is not proved', async () => {
    const elsewhere = testService({ procRoot: '/nonexistent' })
    const { host, thisComputer } = await elsewhere.handlers['view.run']({ containerId: container.id, asked: { commandId: 'hostname' } }, { signal })
    expect(host).toMatchObject({ how: 'read', lines: [], problem: { code: 'HOST_NOT_REACHED' } })
    expect(thisComputer && text(thisComputer)).toBe((await run('hostname')).stdout.trim())
    await elsewhere.close()
  })
})
