import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { endpointCandidates, type EngineWish, knownEndpoints } from '../../../../engine/sources/endpoint-candidates'
import { addContext as addContextTo, writeBelow } from '../../../support/docker-config'
import { tempFolder } from '../../../support/temp-folder'

let home: string
beforeEach(() => { home = tempFolder() })

const surroundings = (env: Record<string, string> = {}, platform: NodeJS.Platform = 'linux') => ({ env, homeDirectory: home, platform })
const candidates = (env?: Record<string, string>, platform?: NodeJS.Platform) => endpointCandidates(surroundings(env, platform))
const known = (env?: Record<string, string>, wish: EngineWish | null = null) => knownEndpoints(surroundings(env), wish)

const write = (path: string, text: string): string => writeBelow(home, path, text)
const addContext = (name: string, host: string | undefined, more: object = {}): string => addContextTo(join(home, '.docker'), name, { Host: host, ...more })

describe('where an engine may be', () => {
  it('is what the person wishes, before everything that the surroundings name', () => {
    const here = surroundings({ DOCKER_HOST: 'unix:///other.sock' })
    addContext('mine', 'unix:///mine.sock')
    expect(endpointCandidates(here, { address: '/tmp/mine.sock', origin: 'Preferences' })).toEqual([{ origin: 'Preferences', address: 'unix:///tmp/mine.sock' }])
    expect(endpointCandidates(here, { context: 'mine' })).toEqual([{ origin: 'context "mine"', address: 'unix:///mine.sock' }])
    expect(endpointCandidates(here, { context: 'default' })).toEqual([{ origin: 'DOCKER_HOST', address: 'unix:///other.sock' }])
    expect(endpointCandidates(here, null)).toEqual([{ origin: 'DOCKER_HOST', address: 'unix:///other.sock' }])
  })

  it.each([
    ['unix:///tmp/d.sock', 'unix:///tmp/d.sock'],
    ['/tmp/d.sock', 'unix:///tmp/d.sock'],
    ['10.0.0.5:2376', 'tcp://10.0.0.5:2376'],
    ['ssh://me@far', 'ssh://me@far'],
  ])('is DOCKER_HOST %s alone when that is set', (value, address) => {
    expect(candidates({ DOCKER_HOST: value, DOCKER_CONTEXT: 'other' })).toEqual([{ origin: 'DOCKER_HOST', address }])
  })

  it.each([
    [{ DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/certs' }, { folder: '/certs', skipsVerification: false }],
    [{ DOCKER_TLS: '1', DOCKER_CERT_PATH: '/certs' }, { folder: '/certs', skipsVerification: true }],
    [{ DOCKER_TLS_VERIFY: '' }, undefined],
  ])('asks for TLS as the variables %j say', (env, tls) => {
    expect(candidates({ DOCKER_HOST: 'tcp://far:2376', ...env })[0]?.tls).toEqual(tls)
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

  it('knows a context\'s certificates, and whether they are checked', () => {
    const digest = addContext('tls', 'tcp://far:2376')
    write(`.docker/contexts/tls/${digest}/docker/cert.pem`, 'x')
    addContext('trusting', 'tcp://far:2376', { SkipTLSVerify: true })
    expect([candidates({ DOCKER_CONTEXT: 'tls' })[0]?.tls, candidates({ DOCKER_CONTEXT: 'trusting' })[0]?.tls]).toEqual([
      { folder: join(home, `.docker/contexts/tls/${digest}/docker`), skipsVerification: false },
      { folder: null, skipsVerification: true },
    ])
  })

  it('says which contexts there are when the chosen one is not among them', () => {
    addContext('one', 'unix:///1.sock')
    addContext('two', undefined)
    expect([candidates({ DOCKER_CONTEXT: 'three' })[0]?.problem, candidates({ DOCKER_CONTEXT: 'two' })[0]?.problem?.code])
      .toEqual([{ code: 'CONTEXT_UNKNOWN', what: 'There is no docker context "three".', fix: 'There are: default, one, two.' }, 'CONTEXT_WITHOUT_ADDRESS'])
  })

  it.each(['', 'not json', '[]', '{"currentContext":7}', '{"currentContext":"default"}'])('is the usual sockets with the config %j', (config) => {
    write('.docker/config.json', config)
    mkdirSync(join(home, '.colima/second'), { recursive: true })
    mkdirSync(join(home, '.colima/_lima'))
    expect(candidates({ XDG_RUNTIME_DIR: '/run/user/1000' }).map(({ address }) => address)).toEqual([
      'unix:///var/run/docker.sock',
      `unix://${home}/.docker/desktop/docker.sock`,
      'unix:///run/user/1000/docker.sock',
      `unix://${home}/.colima/default/docker.sock`,
      `unix://${home}/.colima/second/docker.sock`,
      `unix://${home}/.rd/docker.sock`,
      'unix:///run/podman/podman.sock',
      'unix:///run/user/1000/podman/podman.sock',
    ])
  })

  it('knows the sockets of a Mac', () => {
    const machine = write('tmp/podman/podman-machine-default-api.sock', '')
    expect(candidates({ TMPDIR: join(home, 'tmp') }, 'darwin').map(({ origin }) => origin))
      .toEqual(['Docker Engine', 'Docker Desktop', 'Colima', 'OrbStack', 'Rancher Desktop', 'Podman machine', 'Podman machine "podman-machine-default"'])
    expect(candidates({ TMPDIR: join(home, 'tmp') }, 'darwin').at(-1)?.address).toBe(`unix://${machine}`)
  })
})

describe('every endpoint that this computer knows of', () => {
  it('is the wish, DOCKER_HOST, all contexts by name, and the usual sockets that are there', () => {
    addContext('b', 'tcp://far:2376')
    addContext('a', 'ssh://me@far')
    write('.rd/docker.sock', '')
    const listed = known({ DOCKER_HOST: 'unix:///d.sock' }, { address: 'tcp://near:1', origin: 'Preferences' })
    expect(listed.map(({ origin }) => origin)).toEqual(['Preferences', 'DOCKER_HOST', 'context "a"', 'context "b"', 'Docker Engine', 'Rancher Desktop'])
    expect(new Set(listed.map(({ id }) => id)).size).toBe(6)
    expect(known({ DOCKER_HOST: 'unix:///d.sock' }, { address: 'tcp://near:1', origin: 'Preferences' })).toEqual(listed)
  })

  it('lists a socket once, whatever links lead to it, and an address once for each way to prove who we are', () => {
    const socket = write('real.sock', '')
    mkdirSync(join(home, '.rd'))
    symlinkSync(socket, join(home, '.rd/docker.sock'))
    addContext('link', `unix://${join(home, '.rd/docker.sock')}`)
    addContext('plain', 'tcp://far:2376')
    addContext('same', 'tcp://far:2376')
    write(`.docker/contexts/tls/${addContext('tls', 'tcp://far:2376')}/docker/ca.pem`, 'x')
    expect(known({ DOCKER_HOST: `unix://${socket}` }).map(({ origin }) => origin)).toEqual(['DOCKER_HOST', 'context "plain"', 'context "tls"', 'Docker Engine'])
  })

  it('leaves out what is no context: broken files, a name that is not its folder\'s, a pipe that would never end', () => {
    const digest = addContext('fine', 'unix:///f.sock')
    write('.docker/contexts/meta/other/meta.json', JSON.stringify({ Name: 'fine', Endpoints: { docker: { Host: 'unix:///evil.sock' } } }))
    write('.docker/contexts/meta/broken/meta.json', '{"Name":')
    write('.docker/contexts/meta/large/meta.json', ' '.repeat(2 * 1024 * 1024))
    mkdirSync(join(home, '.docker/contexts/meta/pipe'))
    execFileSync('mkfifo', [join(home, '.docker/contexts/meta/pipe/meta.json')])
    expect(digest).toMatch(/^[0-9a-f]{64}$/)
    expect(known().map(({ address }) => address)).toEqual(['unix:///f.sock', 'unix:///var/run/docker.sock'])
  })
})
