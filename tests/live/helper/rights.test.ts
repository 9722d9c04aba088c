import { spawn } from 'node:child_process'
import { hostname } from 'node:os'
import { Duplex, Transform } from 'node:stream'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { actionRequest } from '../../../engine/sources/action-gate'
import { greet, helperProc } from '../../../engine/sources/helper/helper-proc'
import { helperImage } from '../../../engine/sources/helper/image'
import { openSession } from '../../../engine/sources/helper/session'
import { localProc } from '../../../engine/sources/local-proc'
import { type ProcSource, Unreadable } from '../../../engine/sources/proc-source'
import { removeAll, type StartedContainer } from '../../support/containers'
import { docker } from '../../support/docker'
import { openTestHelper, testOwner } from '../../support/helper'
import { start } from '../start'

const image = helperImage(process.arch === 'arm64' ? 'aarch64' : 'x86_64')
const local = localProc('/proc')
const closing: (() => Promise<unknown>)[] = []

/** As `docker run` writes the rights of action-gate.ts. */
const RIGHTS = [
  '--pid=host', '--cap-add=SYS_PTRACE', '--cap-add=DAC_READ_SEARCH', '--cgroupns=host', '--uts=host', '--userns=host',
  '--security-opt=apparmor=unconfined', '--security-opt=label=disable',
]
/** What an engine with control groups of version 2 does by itself. */
const INSTEAD = new Map([['--cgroupns=host', '--cgroupns=private']])
const LIMITS = ['--cap-drop=ALL', '--security-opt=no-new-privileges', '--network=none', '--read-only']

let user: StartedContainer
let pid: number
beforeAll(async () => {
  user = await start({ name: 'helper-rights', flags: ['--user=1000'], command: ['sh', '-c', 'mkdir -m 700 /tmp/own && echo yes > /tmp/own/file && exec sleep 10000'] })
  pid = Number(await docker('inspect', '--format', '{{.State.Pid}}', user.id))
  await (await openTestHelper()).close() // the engine has the image now
})
afterEach(async () => { await Promise.all(closing.splice(0).map(close => close())) })
afterAll(removeAll)

/** The helper's program with all of its rights but one, as docker run starts it. */
async function runWithout(missing: string): Promise<ProcSource> {
  const flags = [...RIGHTS.flatMap(right => right === missing ? INSTEAD.get(right) ?? [] : right), ...LIMITS]
  const child = spawn('docker', ['run', '--rm', '--interactive', '--pull=never', ...flags, image?.id ?? ''], { stdio: ['pipe', 'pipe', 'inherit'] })
  // The docker command takes apart what the engine sends; the session does that itself.
  const withHeaders = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const header = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0])
      header.writeUInt32BE(chunk.length, 4)
      done(null, Buffer.concat([header, chunk]))
    },
  })
  const session = openSession(Duplex.from({ readable: child.stdout.pipe(withHeaders), writable: child.stdin }))
  closing.push(async () => session.end('the test is over'))
  return helperProc(session, await greet(session), new Set())
}

async function runWhole(): Promise<ProcSource> {
  const helper = await openTestHelper()
  closing.push(helper.close)
  return helper.proc
}

const answerOf = <T>(answer: Promise<T>): Promise<T | string> => answer.catch((error: unknown) => {
  if (error instanceof Unreadable)
    return error.code
  throw error
})

async function ownFile(proc: ProcSource): Promise<string | undefined> {
  const root = await proc.openFolder(`${pid}/root`)
  const tmp = await root.openFolder(Buffer.from('tmp'))
  const own = await tmp.openFolder(Buffer.from('own'))
  return (await own.readSmallFile(Buffer.from('file'), 100))?.toString()
}

type Case = [right: string, what: string, ask: (proc: ProcSource) => Promise<unknown>, whole: unknown, without: unknown]

describe('each right of the helper container is there for something', () => {
  it.each<Case>([
    ['--pid=host', 'processes of the machine', async proc => (await proc.listPids()).includes(process.pid), true, false],
    ['--cap-add=SYS_PTRACE', 'namespaces of another user\'s process', async proc => await proc.readLink(`${pid}/ns/pid`) === await local.readLink(`${pid}/ns/pid`), true, 'EACCES'],
    ['--cap-add=SYS_PTRACE', 'the root directory of another user\'s process', ownFile, 'yes\n', 'EACCES'],
    ['--cap-add=DAC_READ_SEARCH', 'folders that are for their owner alone', ownFile, 'yes\n', 'EACCES'],
    ['--cap-add=DAC_READ_SEARCH', 'descriptors of another user\'s process', async proc => (await proc.listFolder(`${pid}/fd`)).length > 2, true, 'EACCES'],
    ['--cgroupns=host', 'names of control groups', async proc => (await proc.readText(`${pid}/cgroup`))?.includes(`/docker/${user.id}`), true, false],
    ['--uts=host', 'the machine\'s own name', async proc => (await proc.readText('sys/kernel/hostname'))?.trim() === hostname(), true, false],
  ])('%s: %s', async (right, _what, ask, whole, without) => {
    expect(RIGHTS).toContain(right)
    expect({ whole: await answerOf(ask(await runWhole())), without: await answerOf(ask(await runWithout(right))) }).toEqual({ whole, without })
  })
})

it('has those rights and no other', async () => {
  const proc = await runWhole()
  const status = await proc.readText('self/status') ?? ''
  const field = (name: string): string | undefined => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1]
  // capability.h: CAP_DAC_READ_SEARCH 2, CAP_SYS_PTRACE 19.
  const capabilities = (1n << 2n | 1n << 19n).toString(16).padStart(16, '0')
  expect({ permitted: field('CapPrm'), bounding: field('CapBnd'), ambient: field('CapAmb'), noNewPrivileges: field('NoNewPrivs'), seccomp: field('Seccomp') })
    .toEqual({ permitted: capabilities, bounding: capabilities, ambient: '0'.repeat(16), noNewPrivileges: '1', seccomp: '2' })
  expect((await proc.readText('self/net/dev'))?.match(/^ *\w+:/gm)).toEqual(['    lo:'])
  const root = (await proc.readText('self/mounts'))?.split('\n').find(line => line.split(' ')[1] === '/')
  expect(root?.split(' ')[3]?.split(',')[0]).toBe('ro')
  expect((await proc.listFolder('self/task')).length).toBe(1)
})

it('is created with what is tested here', () => {
  const { body } = actionRequest({ action: 'create', image: image?.id ?? '', owner: testOwner().token, runtime: null })
  expect(body).toMatchObject({
    json: {
      HostConfig: {
        PidMode: 'host', CapDrop: ['ALL'], CapAdd: ['SYS_PTRACE', 'DAC_READ_SEARCH'], SecurityOpt: ['no-new-privileges', 'apparmor=unconfined', 'label=disable'],
        UTSMode: 'host', CgroupnsMode: 'host', UsernsMode: 'host', NetworkMode: 'none', ReadonlyRootfs: true, AutoRemove: true,
      },
    },
  })
})
