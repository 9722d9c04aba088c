import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Container, ContainerDetail } from '../../../../shared/model/container'
import { parseContainerDetail } from '../../../../engine/parse/docker-detail'
import { RawInspect } from '../../../../engine/parse/docker-inspect'
import { parseListedContainer, RawContainer } from '../../../../engine/parse/docker-list'
import { fixture } from '../../../support/fixture'
import { SMALLEST_INSPECT } from '../../../support/smallest-inspect'

const ID = '0ae039c0c33648b7cb7cd8204f83e636ab0d9351f8aabc5f3f81f900959c31e7'
const listed = () => z.array(RawContainer).parse(JSON.parse(fixture('docker/20.10/list-nodeapp.json'))).map(parseListedContainer)
const firstListed = (): Container => listed()[0] ?? expect.fail('the fixture is empty')
const inspected = (): unknown => JSON.parse(fixture('docker/20.10/inspect-nodeapp.json'))

describe('a container as the engine lists it', () => {
  it('is one line of docker ps', () => {
    expect(listed()).toEqual([{
      id: ID,
      name: 'nodeapp-container',
      image: 'nodejsapp',
      command: 'node /usr/src/app/app.js',
      createdAt: '2026-11-24T12:41:51.000Z',
      state: 'running',
      status: 'Up 12 minutes',
      ports: [
        { containerPort: 8080, protocol: 'tcp', hostPort: 8080, hostAddress: '0.0.0.0' },
        { containerPort: 8080, protocol: 'tcp', hostPort: 8080, hostAddress: '::' },
      ],
    }])
  })

  it('is known by its own name when links gave it others, and by its id when it has none', () => {
    const raw = { Id: ID, Created: 0, Names: ['/other/alias', '/own'] }
    expect([raw, { ...raw, Names: null }].map(one => parseListedContainer(RawContainer.parse(one)).name)).toEqual(['own', '0ae039c0c336'])
  })
})

it.each([
  // Docker Engine API 1.41, the filter `status` of ContainerList.
  ...['created', 'restarting', 'running', 'removing', 'paused', 'exited', 'dead'].map(word => [word, word]),
  ['stopping', 'unknown'], ['', 'unknown'], ['toString', 'unknown'],
])('a container that the engine calls %j is %s', (word, state) => {
  expect(parseListedContainer(RawContainer.parse({ Id: ID, Created: 0, State: word, Status: 'its own words' }))).toMatchObject({ state, status: 'its own words' })
})

describe('a container as the engine inspects it', () => {
  const detail = (change: (raw: RawInspect) => RawInspect = raw => raw): ContainerDetail =>
    parseContainerDetail(change(RawInspect.parse(inspected())), firstListed())

  it('fits the public model', () => {
    expect(ContainerDetail.parse(detail())).toMatchObject({
      hostPid: 10468,
      workingDirectory: '/',
      exitCode: null,
      arguments: ['node', '/usr/src/app/app.js'],
      modes: { pid: '', network: 'default', ipc: 'private', uts: '', user: '', cgroup: 'host' },
      limits: { memoryBytes: null, cpus: null, pids: null },
    })
  })

  it('keeps the names of environment variables and never a value', () => {
    const secret = detail(raw => ({ ...raw, Config: { ...raw.Config, Env: ['DB_PASSWORD=hunter2', 'PATH=/bin', 'EMPTY='] } }))
    expect(secret.environment).toEqual([{ name: 'DB_PASSWORD', looksSecret: true }, { name: 'PATH', looksSecret: false }, { name: 'EMPTY', looksSecret: false }])
    expect(JSON.stringify(secret)).not.toContain('hunter2')
  })

  it('reads a CPU limit from either way of declaring it', () => {
    const cpus = (limits: Partial<RawInspect['HostConfig']>) => detail(raw => ({ ...raw, HostConfig: { ...raw.HostConfig, ...limits } })).limits.cpus
    expect([cpus({ NanoCpus: 5e8 }), cpus({ CpuQuota: 150000 }), cpus({ CpuQuota: 20000, CpuPeriod: 10000 }), cpus({ CpuQuota: -1 })]).toEqual([0.5, 1.5, 2, null])
  })

  it('takes an answer with everything missing but what judgements rest on, and null for that', () => {
    const raw = RawInspect.parse({ ...SMALLEST_INSPECT, Id: ID })
    expect(parseContainerDetail(raw, firstListed())).toMatchObject({ state: 'unknown', hostPid: null, maskedPaths: null, ports: [] })
  })

  it.each(Object.keys(SMALLEST_INSPECT.HostConfig))('takes no answer without %s: a missing field is not "no"', (field) => {
    const hostConfig = Object.fromEntries(Object.entries(SMALLEST_INSPECT.HostConfig).filter(([name]) => name !== field))
    expect(RawInspect.safeParse({ ...SMALLEST_INSPECT, HostConfig: hostConfig }).success).toBe(false)
  })

  it('takes label and variable names that objects have of their own', () => {
    const raw = JSON.parse(fixture('docker/20.10/inspect-nodeapp.json'))
    raw.Config.Labels = JSON.parse('{"__proto__":"a","constructor":"b"}')
    expect(parseContainerDetail(RawInspect.parse(raw), firstListed()).labels).toContainEqual({ name: 'constructor', value: 'b' })
  })
})
