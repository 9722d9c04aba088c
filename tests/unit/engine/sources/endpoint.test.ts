import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectOptions } from '../../../../engine/sources/connect-options'
import { endpointCandidates } from '../../../../engine/sources/endpoint-candidates'
import { requestPath } from '../../../../engine/sources/engine-gate'

let home: string
beforeEach(() => { home = mkdtempSync(join(tmpdir(), 'isoscope-home-')) })
afterEach(() => rmSync(home, { recursive: true }))

const candidates = (env: Record<string, string> = {}, platform: NodeJS.Platform = 'linux') => endpointCandidates({ env, homeDirectory: home, platform })

function write(path: string, text: string): void {
  mkdirSync(dirname(join(home, path)), { recursive: true })
  writeFileSync(join(home, path), text)
}

function addContext(name: string, host: string): string {
  const digest = createHash('sha256').update(name).digest('hex')
  write(`.docker/contexts/meta/${digest}/meta.json`, JSON.stringify({ Name: name, Endpoints: { docker: { Host: host } } }))
  return digest
}

describe('where an engine may be', () => {
  it('is the address that the person prefers, before everything that the surroundings name', () => {
    const surroundings = { env: { DOCKER_HOST: 'unix:///other.sock' }, homeDirectory: home, platform: 'linux' } as const
    expect(endpointCandidates(surroundings, '/tmp/mine.sock')).toEqual([{ origin: 'Preferences', address: 'unix:///tmp/mine.sock' }])
    expect(endpointCandidates(surroundings, null)).toEqual([{ origin: 'DOCKER_HOST', address: 'unix:///other.sock' }])
  })

  it.each([
    ['unix:///tmp/d.sock', 'unix:///tmp/d.sock'],
    ['/tmp/d.sock', 'unix:///tmp/d.sock'],
    ['10.0.0.5:2376', 'tcp://10.0.0.5:2376'],
  ])('is DOCKER_HOST %s alone when that is set', (value, address) => {
    expect(candidates({ DOCKER_HOST: value, DOCKER_CONTEXT: 'other' })).toEqual([{ origin: 'DOCKER_HOST', address }])
  })

  it('is the chosen context alone, and DOCKER_CONTEXT chooses before the config file', () => {
    addContext('colima', 'unix:///c.sock')
    addContext('far', 'ssh://me@far')
    write('.docker/config.json', '{"currentContext":"colima"}')
    expect([candidates(), candidates({ DOCKER_CONTEXT: 'far' })]).toEqual([
      [{ origin: 'context "colima"', address: 'unix:///c.sock' }],
      [{ origin: 'context "far"', address: 'ssh://me@far' }],
    ])
  })

  it('knows the context\'s certificates', () => {
    const digest = addContext('tls', 'tcp://far:2376')
    write(`.docker/contexts/tls/${digest}/docker/ca.pem`, 'x')
    expect(candidates({ DOCKER_CONTEXT: 'tls' })[0]?.certificateFolder).toBe(join(home, `.docker/contexts/tls/${digest}/docker`))
  })

  it.each(['', 'not json', '[]', '{"currentContext":7}', '{"currentContext":"default"}'])('is the usual sockets with the config %j', (config) => {
    write('.docker/config.json', config)
    expect(candidates({ XDG_RUNTIME_DIR: '/run/user/1000' }).map(({ address }) => address)).toEqual([
      'unix:///var/run/docker.sock',
      `unix://${home}/.docker/desktop/docker.sock`,
      'unix:///run/user/1000/docker.sock',
      `unix://${home}/.colima/default/docker.sock`,
      `unix://${home}/.rd/docker.sock`,
      'unix:///run/podman/podman.sock',
      'unix:///run/user/1000/podman/podman.sock',
    ])
  })

  it('knows the sockets of a Mac', () => {
    expect(candidates({}, 'darwin').map(({ origin }) => origin)).toEqual(['Docker Engine', 'Docker Desktop', 'Colima', 'OrbStack', 'Rancher Desktop', 'Podman machine'])
  })
})

describe('how an engine is reached', () => {
  const options = (address: string) => connectOptions({ origin: 'test', address })

  it('names every option, so that DOCKER_HOST cannot win over a socket', () => {
    expect(options('unix:///var/run/docker.sock')).toEqual({
      socketPath: '/var/run/docker.sock', host: undefined, port: undefined, protocol: 'http', ca: undefined, cert: undefined, key: undefined,
    })
  })

  it.each([
    ['tcp://10.0.0.5:2375', 'without TLS'],
    ['ssh://me@far', 'only unix:// and tcp://'],
    ['unix://relative.sock', 'only unix:// and tcp://'],
    ['npipe:////./pipe/docker_engine', 'only unix:// and tcp://'],
    ['', 'only unix:// and tcp://'],
  ])('refuses %j and says why', (address, why) => {
    expect(() => options(address)).toThrow(why)
  })

  it('lets plain TCP reach this computer alone', () => {
    expect(options('tcp://127.0.0.1:23750')).toMatchObject({ host: '127.0.0.1', port: 23750, protocol: 'http' })
  })

  it('says which certificate is missing', () => {
    expect(() => connectOptions({ origin: 'test', address: 'tcp://far:2376', certificateFolder: home })).toThrow(`${join(home, 'ca.pem')} cannot be read`)
  })
})

describe('the engine gate', () => {
  const id = 'a'.repeat(64)

  it('forms the requests that read', () => {
    expect([
      requestPath({ route: 'list', query: { all: '1' } }),
      requestPath({ route: 'changes', id }),
    ]).toEqual(['/containers/json', `/containers/${id}/changes`])
  })

  it.each(['', 'nodeapp', '../info', id.toUpperCase(), `${id}/../..`, `${id}\n`, undefined])('refuses the id %j', (bad) => {
    expect(() => requestPath(bad === undefined ? { route: 'inspect' } : { route: 'inspect', id: bad })).toThrow('does not ask')
  })

  it('refuses a query key that is not of the route, and an id where none belongs', () => {
    expect(() => requestPath({ route: 'inspect', id, query: { size: '1' } })).toThrow('does not ask')
    expect(() => requestPath({ route: 'info', id })).toThrow('does not ask')
  })
})
