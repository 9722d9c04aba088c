import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { removeAll, type StartedContainer } from '../support/containers'
import { docker, dockerWith } from '../support/docker'
import { type SshServer, startSshServer } from '../support/ssh-server'
import { ensureBusyboxImage } from '../support/test-images'
import { start } from './start'
import { take, testService } from './take'

const PROGRAM = fileURLToPath(new URL('../support/hold-engine.mjs', import.meta.url))
const never = new AbortController().signal

let ssh: SshServer
let container: StartedContainer
beforeAll(async () => {
  await ensureBusyboxImage()
  ssh = await startSshServer()
  container = await start({ name: 'ssh' })
})
afterAll(async () => {
  await removeAll()
  await ssh.end()
})

const service = (env: NodeJS.ProcessEnv = ssh.env, address = ssh.address) => testService({ env: { ...env, DOCKER_HOST: address } })

/** The `ssh` processes that go to the test's own server. */
function sshProcesses(): string[] {
  return readdirSync('/proc').filter(name => /^\d+$/.test(name)).filter((pid) => {
    try {
      const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
      return args[0]?.endsWith('ssh') && args.includes('dial-stdio') && args.includes(String(ssh.port))
    }
    catch {
      return false
    }
  })
}

it('lists what docker lists over the same way, and sees a container as it is seen from here', async () => {
  const here = service()
  const oracle = async (): Promise<string[]> => (await dockerWith({ ...ssh.env, DOCKER_HOST: ssh.address }, 'ps', '--all', '--quiet', '--no-trunc')).split('\n')
  const before = await oracle()
  const ids = (await here.listContainers(never)).map(({ id }) => id)
  const after = await oracle()
  expect(ids).toEqual(expect.arrayContaining(before.filter(id => after.includes(id))))
  expect(ids.filter(id => !before.includes(id) && !after.includes(id))).toEqual([])

  const far = await here.takeSnapshot(container.id, never)
  const near = await take(container.id)
  expect(far.engine.endpoint.address).toBe(ssh.address)
  expect({ ...far.container, status: '' }).toEqual({ ...near.container, status: '' })
  expect(far.namespaces.map(({ type, container: inode }) => [type, inode])).toEqual(near.namespaces.map(({ type, container: inode }) => [type, inode]))
  here.close()
})

it('logs in once, however much is asked at the same time, and ends every process of its own', async () => {
  const before = ssh.logins()
  const here = service()
  const stop = new AbortController()
  const lists = here.handlers['containers.watch']({}, { signal: stop.signal })[Symbol.asyncIterator]()
  await lists.next()
  await Promise.all([here.takeSnapshot(container.id, never), here.listContainers(never), here.listEndpoints(never), here.engineStatus(never)])
  const following = lists.next()
  await docker('pause', container.id)
  await following
  await docker('unpause', container.id)
  expect(ssh.logins() - before).toBe(1)
  stop.abort()
  here.close()
  await vi.waitUntil(() => sshProcesses().length === 0, { timeout: 5_000 })
})

it('leaves no process behind when it is killed', async () => {
  const child = spawn(process.execPath, [PROGRAM], { env: { ...ssh.env, DOCKER_HOST: ssh.address }, stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise(resolve => child.stdout.once('data', resolve))
  expect(sshProcesses().length).toBeGreaterThan(1)
  child.kill('SIGKILL')
  await vi.waitUntil(() => sshProcesses().length === 0, { timeout: 10_000 })
})

it('finds the engine again after its connection was cut', async () => {
  const here = service()
  await here.listContainers(never)
  for (const pid of sshProcesses())
    process.kill(Number(pid), 'SIGKILL')
  expect((await here.listContainers(never)).some(({ id }) => id === container.id)).toBe(true)
  here.close()
})

describe('says in ssh\'s own words why it cannot be reached', () => {
  const answer = async (env: NodeJS.ProcessEnv, address = ssh.address): Promise<string | undefined> => {
    const asked = service(env, address)
    const { engine, tried } = await asked.engineStatus(never)
    asked.close()
    expect(engine).toBeNull()
    return tried[0]?.answer
  }

  it('the host key is not known', async () => {
    expect(await answer(ssh.envWith('UserKnownHostsFile /dev/null'))).toMatch(/Host key verification failed\. Log in once with `ssh ssh:\/\/\S+` in a terminal/)
  })

  it('the server does not take the key', async () => {
    expect(await answer(ssh.env, ssh.address.replace('ssh://root@', 'ssh://daemon@'))).toMatch(/Permission denied \(publickey\)\. See that .*ssh-add/)
  })

  it('nobody listens', async () => {
    expect(await answer(ssh.env, 'ssh://127.0.0.1:1')).toMatch(/connect to host 127\.0\.0\.1 port 1: Connection refused/)
  })

  it('the docker command is not there', async () => {
    const bare = await startSshServer('SetEnv PATH=/nonexistent')
    expect(await answer(bare.env, bare.address)).toMatch(/docker.*not found\. Install the docker command on that machine/)
    await bare.end()
  })

  it('the engine\'s socket is not there', async () => {
    expect(await answer(ssh.env, `${ssh.address}/nonexistent.sock`)).toMatch(/nonexistent\.sock/)
  })

  it('there is no ssh', async () => {
    expect(await answer({ ...ssh.env, PATH: '/nonexistent' })).toMatch(/ENOENT\. Install the OpenSSH client/)
  })
})
