import { describe, expect, it } from 'vitest'
import { endpointTarget, type ReachableEndpoint } from '../../../../engine/sources/endpoint-target'
import { sshArguments, sshTarget } from '../../../../engine/sources/ssh-target'

const target = (address: string, more: Partial<ReachableEndpoint> = {}) => endpointTarget({ origin: 'test', address, ...more })
const tls = { folder: '/certs', skipsVerification: false }

describe('an address of an engine', () => {
  it.each([
    ['unix:///var/run/docker.sock', '/var/run/docker.sock'],
    ['unix:///tmp/a%2Fb.sock', '/tmp/a%2Fb.sock'],
    ['unix:///tmp/a.sock?x=1', '/tmp/a.sock?x=1'],
    [`unix:///${'a'.repeat(106)}`, `/${'a'.repeat(106)}`],
  ])('%s is that socket, letter for letter', (address, path) => {
    expect(target(address)).toEqual({ kind: 'unix', path })
  })

  it.each([
    ['', 'only unix://'],
    ['unix://', 'begins at the root'],
    ['unix://relative.sock', 'begins at the root'],
    ['unix:///a\0b', 'begins at the root'],
    [`unix:///${'a'.repeat(107)}`, 'at most 107 bytes'],
    [`unix:///${'ä'.repeat(54)}`, 'at most 107 bytes'],
    ['npipe:////./pipe/docker_engine', 'Windows alone'],
    ['fd://3', 'only unix://'],
    ['file:///etc/passwd', 'only unix://'],
    ['tcp://10.0.0.5:2375', 'without TLS'],
    ['tcp://127.0.0.1.evil.example:2375', 'without TLS'],
    ['http://10.0.0.5:2375', 'without TLS'],
    ['tcp://', 'a host and a port and nothing else'],
    ['tcp://:2375', 'a host and a port and nothing else'],
    ['tcp://localhost:99999', 'a host and a port and nothing else'],
    ['tcp://localhost:2375?x=1', 'a host and a port and nothing else'],
    ['tcp://localhost:2375/v1.41', 'a host and a port and nothing else'],
    ['tcp://me:secret@localhost:2375', 'a host and a port and nothing else'],
  ])('refuses %j and says why', (address, why) => {
    expect(() => target(address)).toThrow(why)
  })

  it('lets plain TCP reach this computer, and others only when the person asks for it', () => {
    expect(['tcp://127.0.0.1:23750', 'tcp://localhost', 'tcp://[::1]:80'].map(address => target(address))).toEqual([
      { kind: 'tcp', host: '127.0.0.1', port: 23750, tls: null },
      { kind: 'tcp', host: 'localhost', port: 2375, tls: null },
      { kind: 'tcp', host: '::1', port: 80, tls: null },
    ])
    expect(target('tcp://10.0.0.5:2375', { allowsPlainTcp: true })).toEqual({ kind: 'tcp', host: '10.0.0.5', port: 2375, tls: null })
  })

  it('speaks TLS where it is asked for, and wherever the address says https', () => {
    expect([target('tcp://far', { tls }), target('https://far:1234')]).toEqual([
      { kind: 'tcp', host: 'far', port: 2376, tls },
      { kind: 'tcp', host: 'far', port: 1234, tls: { folder: null, skipsVerification: false } },
    ])
  })
})

describe('an ssh:// address', () => {
  it.each([
    ['ssh://far', { user: null, host: 'far', port: null, socketPath: null }],
    ['ssh://me.too@far.example.org:2222/', { user: 'me.too', host: 'far.example.org', port: 2222, socketPath: null }],
    ['ssh://me@[fe80::1]:22', { user: 'me', host: 'fe80::1', port: 22, socketPath: null }],
    ['ssh://far/run/user/1000/docker.sock', { user: null, host: 'far', port: null, socketPath: '/run/user/1000/docker.sock' }],
  ])('%s is taken apart', (address, parts) => {
    expect(sshTarget(address)).toEqual(parts)
  })

  it.each([
    'ssh://', 'ssh://-oProxyCommand=touch%20pwn', 'ssh://-far', 'ssh://-l@far', 'ssh://me@-far', 'ssh://me:secret@far', 'ssh://far:0', 'ssh://far:65536', 'ssh://far:-1',
    'ssh://far host', 'ssh://far;id', 'ssh://$(id)', 'ssh://`id`', 'ssh://far\n', 'ssh://far/a b', 'ssh://far/$(id)', 'ssh://far/a;id', 'ssh://far/a?b', 'ssh://far#x', 'ssh://fär', 'ssh://%h', 'ssh://a@b@c',
  ])('refuses %j', (address) => {
    expect(() => target(address)).toThrow('plain letters and digits')
  })

  it('becomes arguments in which nothing can be taken for an option', () => {
    const args = sshArguments({ user: 'me', host: 'far', port: 2222, socketPath: '/run/d.sock' }, '/tmp/100%/s', false)
    expect(args.slice(args.indexOf('-S'))).toEqual(['-S', '/tmp/100%%/s', '-l', 'me', '-p', '2222', '--', 'far', 'docker', '--host=unix:///run/d.sock', 'system', 'dial-stdio'])
    expect(args).toEqual(expect.arrayContaining(['-T', 'BatchMode=yes', 'ControlMaster=no']))
  })
})
