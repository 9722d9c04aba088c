import { spawn } from 'node:child_process'
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Authority, createAuthority } from '../support/certificates'
import { removeAll, type StartedContainer } from '../support/containers'
import { docker, dockerWith } from '../support/docker'
import { tempFolder } from '../support/temp-folder'
import { startTlsEngine, type TlsEngine } from '../support/tls-engine'
import { start } from './start'
import { testService } from './take'

const never = new AbortController().signal

let authority: Authority
let engine: TlsEngine
let client: string
let container: StartedContainer
beforeAll(async () => {
  authority = createAuthority()
  client = authority.issue('DNS:client')
  engine = await startTlsEngine(authority.issue('DNS:localhost,IP:127.0.0.1'))
  container = await start({ name: 'tls' })
})
afterAll(async () => {
  await removeAll()
  await engine.end()
})

const variables = (folder: string, host = '127.0.0.1', port = engine.port): Record<string, string> =>
  ({ DOCKER_HOST: `tcp://${host}:${port}`, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: folder })

async function answer(env: Record<string, string>): Promise<string | undefined> {
  const service = testService({ env: { ...process.env, ...env } })
  const { engine: found, tried } = await service.engineStatus(never)
  service.close()
  expect(found).toBeNull()
  return tried[0]?.answer
}

it('lists what docker lists over the same way', async () => {
  const env = { ...process.env, ...variables(client) }
  const service = testService({ env })
  const ids = (await service.listContainers(never)).map(({ id }) => id)
  expect(await dockerWith(env, 'ps', '--quiet', '--no-trunc', '--filter', `id=${container.id}`)).toBe(container.id)
  expect(ids).toContain(container.id)
  expect((await service.takeSnapshot(container.id, never)).engine.endpoint).toEqual({ origin: 'DOCKER_HOST', address: `tcp://127.0.0.1:${engine.port}` })
  service.close()
})

it('takes the certificates of a context that docker itself has made', async () => {
  const env = { ...process.env, DOCKER_CONFIG: tempFolder(), DOCKER_CONTEXT: '' }
  await dockerWith(env, 'context', 'create', 'by-tls', '--docker', `host=tcp://localhost:${engine.port},ca=${join(client, 'ca.pem')},cert=${join(client, 'cert.pem')},key=${join(client, 'key.pem')}`)
  const service = testService({ env, wish: { context: 'by-tls' } })
  expect((await service.listContainers(never)).some(({ id }) => id === container.id)).toBe(true)
  const listed = await service.listEndpoints(never)
  expect(listed.find(({ endpoint }) => endpoint.origin === 'context "by-tls"')).toMatchObject({ isCurrent: true, isReachable: true })
  service.close()
})

describe('says what is wrong', () => {
  it('with the authority', async () => {
    expect(await answer(variables(createAuthority().issue('DNS:client')))).toContain('signed by an authority that is not known here')
  })

  it('with the name', async () => {
    const elsewhere = await startTlsEngine(authority.issue('DNS:engine.example.org'))
    expect(await answer(variables(client, 'localhost', elsewhere.port))).toContain('its certificate is for another host name')
    await elsewhere.end()
  })

  it('with the date', async () => {
    const old = await startTlsEngine(authority.issue('IP:127.0.0.1', -1))
    expect(await answer(variables(client, '127.0.0.1', old.port))).toContain('has expired')
    await old.end()
  })

  it('with a client that has no certificate', async () => {
    const bare = tempFolder()
    copyFileSync(authority.ca, join(bare, 'ca.pem'))
    expect(await answer(variables(bare))).toContain('it wants a client certificate, and none was sent')
  })

  it('with a client that has the certificate of a stranger', async () => {
    // Node.js's server hangs up without a word; this one says why, as an engine does.
    const folder = authority.issue('IP:127.0.0.1')
    const server = spawn('openssl', ['s_server', '-accept', '127.0.0.1:0', '-Verify', '1', '-verify_return_error', '-CAfile', 'ca.pem', '-cert', 'cert.pem', '-key', 'key.pem'], { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] })
    let said = ''
    server.stdout.on('data', (chunk) => { said += String(chunk) })
    const port = await vi.waitUntil(() => Number(said.match(/ACCEPT 127\.0\.0\.1:(\d+)/)?.[1]), { timeout: 5_000 })
    const stranger = join(tempFolder(), 'stranger')
    mkdirSync(stranger)
    const issued = createAuthority().issue('DNS:client')
    for (const name of ['cert.pem', 'key.pem'])
      copyFileSync(join(issued, name), join(stranger, name))
    copyFileSync(authority.ca, join(stranger, 'ca.pem'))
    expect(await answer(variables(stranger, '127.0.0.1', port))).toContain('does not know the authority of the client certificate')
    server.kill()
  })

  it('with files that are not there', async () => {
    const half = tempFolder()
    expect(await answer(variables(half))).toContain('has no ca.pem, cert.pem or key.pem')
    copyFileSync(join(client, 'cert.pem'), join(half, 'cert.pem'))
    expect(await answer(variables(half))).toContain('key.pem is missing beside cert.pem')
  })

  it('with one side that speaks TLS and one that does not', async () => {
    expect(await answer({ DOCKER_HOST: `tcp://127.0.0.1:${engine.port}`, DOCKER_TLS_VERIFY: '' })).toMatch(/closed the connection|socket hang up/)
  })
})

it('does not check what the person said not to check', async () => {
  const unknown = createAuthority()
  const server = await startTlsEngine(unknown.issue('DNS:engine.example.org'))
  const service = testService({ env: { ...process.env, DOCKER_HOST: `tcp://127.0.0.1:${server.port}`, DOCKER_TLS: '1', DOCKER_TLS_VERIFY: '', DOCKER_CERT_PATH: unknown.issue('DNS:client') } })
  expect((await service.engineStatus(never)).engine?.version).toBe(await docker('version', '--format', '{{.Server.Version}}'))
  service.close()
  await server.end()
})
