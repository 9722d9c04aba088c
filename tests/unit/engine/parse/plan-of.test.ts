import { describe, expect, it } from 'vitest'
import { RawAsked } from '../../../../engine/parse/docker-asked'
import { RawImageConfig } from '../../../../engine/parse/docker-image'
import { RawInfo } from '../../../../engine/parse/docker-version'
import { type EngineDefaults, engineDefaults } from '../../../../engine/parse/engine-defaults'
import { planOf } from '../../../../engine/parse/plan-of'
import { runLine } from '../../../../shared/run/run-line'
import { fixture } from '../../../support/fixture'

/** Docker 20.10.24 on Debian 12: `GET /containers/{id}/json`, and `GET /images/{id}/json` of an image that says everything that an image can say. */
const asked = (name: string, change: { Config?: object, HostConfig?: object } & Record<string, unknown> = {}): RawAsked => {
  const recorded = JSON.parse(fixture(`docker/20.10/asked-${name}.json`))
  return RawAsked.parse({ ...recorded, ...change, Config: { ...recorded.Config, ...change.Config }, HostConfig: { ...recorded.HostConfig, ...change.HostConfig } })
}
const IMAGE = RawImageConfig.parse(JSON.parse(fixture('docker/20.10/image-app.json')))
const ENGINE: EngineDefaults = { hostname: 'vm', runtime: 'runc', hasPrivateCgroup: false, cgroupVersion: '1', logDriver: 'json-file' }

const line = (raw: RawAsked, engine = ENGINE): string => runLine(planOf(raw, IMAGE, engine).plan)
const lost = (raw: RawAsked, engine = ENGINE): readonly string[] => planOf(raw, IMAGE, engine).lost
const ofPlain = (HostConfig: object, Config: object = {}): string => line(asked('plain', { HostConfig, Config })).replace('docker run -d --name again-rec-plain ', '')

describe('the plan of a container that is there', () => {
  it('repeats nothing that its image, its engine or its id says', () => {
    expect(planOf(asked('plain'), IMAGE, ENGINE)).toMatchObject({ lost: [] })
    expect(line(asked('plain'))).toBe('docker run -d --name again-rec-plain again-rec-app')
  })

  it('has what is otherwise than the image says, and volumes without a name anew', () => {
    expect(line(asked('own'))).toBe('docker run -d --name again-rec-own --stop-signal SIGTERM --user 1000 --workdir /tmp -e LANG=de -e TOKEN=t --label more=1 --label org.example.made=there --network again-rec-a -p 8097:8080 -p 127.0.0.1:9000:9000 --expose 7000 -v /srv --entrypoint /bin/sh again-rec-app -c \'sleep 10000\'')
  })

  it('is the person\'s own, also where the container was there for a while', () => {
    expect(line(asked('plain', { Config: { Labels: { 'io.isoscope.temporary': 'toolbox', 'io.isoscope.temporary.owner': 'aaaaaaaaaaaa:1', 'own': '1' } } }))).toBe('docker run -d --name again-rec-plain --label own=1 again-rec-app')
  })

  it('says what has no place in it', () => {
    expect(lost(asked('own'))).toEqual(['its other names in the network again-rec-a: db', 'its network again-rec-b'])
    expect(lost(asked('lost'))).toEqual([
      'the option Labels of its mount at /data',
      'its security option seccomp (a filter of its own)',
      'its period of 50000 µs in which processor time is counted (100000 µs instead)',
      'its own health check',
      'its log options max-size, unless they are the engine’s own',
      'its network again-rec-b',
      'its domain name example.test',
      'the volumes that it takes from again-rec-plain',
      'its resolver options ndots:1',
      'its search domains example.test',
      'its links to other containers (--link)',
      'its out-of-memory score 100',
      'its limits in reading disks',
      'its memory nodes 0',
      'its rules for devices c 1:3 mr',
      'its soft limit of memory',
    ])
  })

  it('has a quota of processor time as the share that it is', () => {
    expect(line(asked('lost'))).toContain('--cpus 0.5')
  })
})

describe('what an engine writes that nobody asked for', () => {
  it('is its runtime, its control groups and its logs', () => {
    expect(ofPlain({ Runtime: 'runc', CgroupnsMode: 'host' })).toBe('again-rec-app')
    const another: EngineDefaults = { hostname: 'vm', runtime: 'crun', hasPrivateCgroup: true, cgroupVersion: '2', logDriver: 'journald' }
    expect(line(asked('plain'), another)).toContain('--cgroupns host --runtime runc')
    expect(lost(asked('plain'), another)).toEqual(['its log driver json-file (journald instead)'])
    // A privileged container on control groups of version 1 has the host's.
    expect(line(asked('plain', { HostConfig: { Privileged: true } }), { ...ENGINE, hasPrivateCgroup: true })).toBe('docker run -d --name again-rec-plain --privileged again-rec-app')
    expect(engineDefaults(RawInfo.parse(JSON.parse(fixture('docker/20.10/info.json'))))).toEqual({ hostname: 'build-host-7', runtime: 'runc', hasPrivateCgroup: false, cgroupVersion: '1', logDriver: '' })
  })

  it('is the hostname on the host’s network, and that of a container that is joined', () => {
    expect(ofPlain({ NetworkMode: 'host' }, { Hostname: 'vm' })).toBe('--network host again-rec-app')
    expect(ofPlain({ NetworkMode: 'host' }, { Hostname: 'own' })).toBe('--hostname own --network host again-rec-app')
    expect(ofPlain({ NetworkMode: 'container:other' }, { Hostname: 'theirs' })).toBe('--network container:other again-rec-app')
  })

  it('is a label that is off where the host’s processes are seen, and twice the memory', () => {
    expect(ofPlain({ PidMode: 'host', SecurityOpt: ['label=disable'] })).toBe('--pid host again-rec-app')
    expect(ofPlain({ SecurityOpt: ['label=disable'] })).toBe('--security-opt label=disable again-rec-app')
    expect(ofPlain({ Memory: 64 * 1024 ** 2, MemorySwap: 128 * 1024 ** 2 })).toBe('--memory 64m again-rec-app')
    expect(ofPlain({ Memory: 64 * 1024 ** 2, MemorySwap: 64 * 1024 ** 2 })).toBe('--memory 64m --memory-swap 64m again-rec-app')
  })
})

describe('the program', () => {
  it.each([
    ['the image’s', ['sleep'], ['10000'], 'again-rec-app'],
    ['another command', ['sleep'], ['5'], 'again-rec-app 5'],
    ['the image’s entrypoint, without its command', ['sleep'], null, '--entrypoint sleep again-rec-app'],
    ['no entrypoint', null, ['top'], '--entrypoint \'\' again-rec-app top'],
    ['an entrypoint of several words, of which the flag takes one', ['tini', '--', 'sleep'], ['5'], '--entrypoint tini again-rec-app -- sleep 5'],
  ])('is %s', (_what, Entrypoint, Cmd, expected) => {
    expect(ofPlain({}, { Entrypoint, Cmd })).toBe(expected)
  })
})

describe('mounts', () => {
  it('of volumes that nobody named are new ones, with whatever flag', () => {
    const nameless = 'ab'.repeat(32)
    expect(ofPlain({ Binds: [`${nameless}:/data:rw`, 'named:/kept:ro'], Mounts: [{ Type: 'volume', Source: nameless, Target: '/more' }] })).toBe('-v /data -v named:/kept:ro --mount type=volume,target=/more again-rec-app')
  })

  it('of a kind that no flag of a plan asks for are said', () => {
    const raw = asked('plain', { HostConfig: { Mounts: [{ Type: 'image', Source: 'other', Target: '/image' }, { Type: 'bind', Source: '/srv', Target: '/srv', BindOptions: { NonRecursive: true } }] } })
    expect(lost(raw)).toEqual(['its mount at /image (image)', 'the option NonRecursive of its mount at /srv'])
    expect(line(raw)).toContain('--mount type=bind,source=/srv,target=/srv again-rec-app')
  })
})

it('labels and parameters of the kernel may have any name', () => {
  const raw = asked('plain', { Config: { Labels: JSON.parse('{"__proto__":"a","constructor":"b"}') }, HostConfig: { Sysctls: JSON.parse('{"__proto__":"1"}') } })
  expect(line(raw)).toContain('--label __proto__=a --label constructor=b --sysctl __proto__=1')
})

describe('what this Isoscope does not know', () => {
  it('is said by its name, and only where it is something', () => {
    expect(lost(asked('plain', { Config: { Future: { a: [] } }, HostConfig: { NewLimit: 5, Other: false } }))).toEqual(['its NewLimit, which Isoscope does not know'])
  })

  it('is said of values that no line can hold', () => {
    expect(lost(asked('plain', { Config: { Env: ['LANG', 'A=b'], Labels: { 'a=b': '' } }, HostConfig: { RestartPolicy: { Name: 'sometimes' }, ExtraHosts: ['nothing'], MaskedPaths: [], PortBindings: { '80/dccp': [{ HostPort: '80' }] } } }))).toEqual([
      'its restart policy', 'that LANG is taken out of its environment', 'the label a=b', 'its published port 80', 'the host nothing', 'its own lists of kernel paths that are hidden or read-only',
    ])
  })

  it('is no plan at all where a line would not be one', () => {
    expect(() => planOf(asked('plain', { Config: { Image: '' } }), IMAGE, ENGINE)).toThrow(expect.objectContaining({ problem: expect.objectContaining({ code: 'CONTAINER_NOT_PLANNED', what: expect.stringContaining('(image)') }) }))
  })
})
