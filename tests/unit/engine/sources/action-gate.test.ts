import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { actionRequest } from '../../../../engine/sources/action-gate'
import { LifecycleVerb } from '../../../../shared/model/action'
import { emptyPlan } from '../../../../shared/model/run-plan'
import { ownerOf } from '../../../../engine/sources/owner'

const ID = 'a'.repeat(64)
const IMAGE = `sha256:${'b'.repeat(64)}`
const EXEC = { command: ['sh'], user: '', workingDirectory: '', environment: ['A=b'], streams: 'terminal' } as const
const OWNER = '0123456789ab:4321'

describe('what Isoscope may do to an engine', () => {
  it('is these requests and no other', () => {
    const requests = [
      actionRequest({ action: 'load', tar: Buffer.from('tar') }),
      actionRequest({ action: 'create', image: IMAGE, owner: OWNER, runtime: null }),
      ...(['attach', 'start', 'remove'] as const).map(action => actionRequest({ action, id: ID })),
      ...LifecycleVerb.options.map(verb => actionRequest({ action: 'lifecycle', verb, id: ID })),
      actionRequest({ action: 'remove-image', id: IMAGE }),
      actionRequest({ action: 'run', plan: emptyPlan('app') }),
      actionRequest({ action: 'run', plan: { ...emptyPlan('app'), name: 'web' } }),
      ...['app', 'localhost:5000/a/b:1.2', `app@${IMAGE}`].map(reference => actionRequest({ action: 'pull', reference })),
      actionRequest({ action: 'build', tar: () => Readable.from([]), dockerfile: 'Dockerfile', tag: '' }),
      actionRequest({ action: 'build', tar: () => Readable.from([]), dockerfile: 'a/b', tag: 'app:1' }),
      actionRequest({ action: 'exec', id: ID, request: EXEC }),
      ...(['terminal', 'output'] as const).map(streams => actionRequest({ action: 'exec-start', id: ID, streams })),
      actionRequest({ action: 'exec-resize', id: ID, columns: 80, rows: 24 }),
    ]
    expect(requests.map(({ method, path, query }) => `${method} ${path}?${new URLSearchParams(query)}`)).toEqual([
      'POST /images/load?quiet=1',
      'POST /containers/create?',
      `POST /containers/${ID}/attach?stream=1&stdin=1&stdout=1`,
      `POST /containers/${ID}/start?`,
      `DELETE /containers/${ID}?force=1&v=1`,
      ...['start', 'stop', 'restart', 'pause', 'unpause', 'kill'].map(verb => `POST /containers/${ID}/${verb}?`),
      // Without force and without volumes: what runs stays, and so does what was kept.
      `DELETE /containers/${ID}?`,
      `DELETE /images/${IMAGE}?noprune=1`,
      'POST /containers/create?',
      'POST /containers/create?name=web',
      'POST /images/create?fromImage=app&tag=latest',
      'POST /images/create?fromImage=localhost%3A5000%2Fa%2Fb&tag=1.2',
      `POST /images/create?fromImage=app&tag=${encodeURIComponent(IMAGE)}`,
      'POST /build?dockerfile=Dockerfile&rm=1&forcerm=1',
      'POST /build?dockerfile=a%2Fb&rm=1&forcerm=1&t=app%3A1',
      `POST /containers/${ID}/exec?`,
      ...[0, 1].map(() => `POST /exec/${ID}/start?`),
      `POST /exec/${ID}/resize?h=24&w=80`,
    ])
  })

  it('begins programs with the rights of the container alone', () => {
    expect(actionRequest({ action: 'exec', id: ID, request: EXEC }).body).toEqual({ json: { AttachStdin: true, AttachStdout: true, AttachStderr: true, Tty: true, Cmd: ['sh'], Env: ['A=b'], Privileged: false } })
  })

  it('needs the whole id of a container', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.constantFrom('../info', `${ID}/../x`, `${ID}\n`, ID.slice(1), ID.toUpperCase(), `${ID}?x`)), (id) => {
      expect(() => actionRequest({ action: 'remove-image', id })).toThrow('does not ask')
      for (const action of ['attach', 'start', 'remove'] as const)
        expect(() => actionRequest({ action, id })).toThrow('does not ask')
      for (const verb of LifecycleVerb.options)
        expect(() => actionRequest({ action: 'lifecycle', verb, id })).toThrow('does not ask')
      expect(() => actionRequest({ action: 'exec', id, request: EXEC })).toThrow('does not ask')
      expect(() => actionRequest({ action: 'exec-start', id, streams: 'terminal' })).toThrow('does not ask')
      expect(() => actionRequest({ action: 'exec-resize', id, columns: 80, rows: 24 })).toThrow('does not ask')
    }))
  })

  it('runs a program in a container without a terminal, without stdin and without more rights than the container has', () => {
    expect(actionRequest({ action: 'exec', id: ID, request: { ...EXEC, streams: 'output' } }).body).toEqual({ json: { AttachStdin: false, AttachStdout: true, AttachStderr: true, Tty: false, Cmd: ['sh'], Env: ['A=b'], Privileged: false } })
    expect(actionRequest({ action: 'exec-start', id: ID, streams: 'output' })).toMatchObject({ body: { json: { Detach: false, Tty: false } }, isHijacked: false })
  })

  it.each(['alpine', 'sha256:abc', 'isoscope-helper', 'isoscope-helper:latest', `evil/isoscope-helper:${'a'.repeat(12)}`, `${IMAGE}\n`, ''])('never creates a container of %j', (image) => {
    expect(() => actionRequest({ action: 'create', image, owner: OWNER, runtime: null })).toThrow('does not ask')
  })

  it.each(['isoscope-helper:0123456789ab', 'localhost/isoscope-helper:0123456789ab', 'docker.io/library/isoscope-helper:0123456789ab'])('creates one of %s, as an engine may name what it loaded', (image) => {
    expect(actionRequest({ action: 'create', image, owner: OWNER, runtime: null }).body).toMatchObject({ json: { Image: image } })
  })

  it('gives a container no volume, no device, no port and no privilege, whatever is asked', () => {
    const { body } = actionRequest({ action: 'create', image: IMAGE, owner: OWNER, runtime: null })
    const text = JSON.stringify(body)
    expect(text).not.toMatch(/Privileged|Binds|Mounts|Devices|PortBindings|Volumes|VolumesFrom|SYS_ADMIN|seccomp/)
  })

  it('asks for another runtime than the engine\'s default only where it is told to', () => {
    const runtimeOf = (runtime: 'runc' | null): unknown => Reflect.get(Reflect.get(Reflect.get(actionRequest({ action: 'create', image: IMAGE, owner: OWNER, runtime }).body ?? {}, 'json'), 'HostConfig'), 'Runtime')
    expect([runtimeOf(null), runtimeOf('runc')]).toEqual([undefined, 'runc'])
  })

  it('labels a container with its owner, who is told by a digest and a PID', () => {
    expect(() => actionRequest({ action: 'create', image: IMAGE, owner: 'my-laptop:1', runtime: null })).toThrow('does not ask')
    const { token } = ownerOf('my-laptop', 1)
    const { body } = actionRequest({ action: 'create', image: IMAGE, owner: token, runtime: null })
    expect(JSON.stringify(body)).not.toContain('my-laptop')
    expect(JSON.stringify(body)).toContain(token)
  })
})
