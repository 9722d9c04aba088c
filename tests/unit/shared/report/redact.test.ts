import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { analyse } from '../../../../shared/analysis/analyse'
import { Snapshot } from '../../../../shared/model/snapshot'
import { maskArguments, maskCommandLine } from '../../../../shared/report/redaction/mask-arguments'
import { maskPath, maskText } from '../../../../shared/report/redaction/mask-text'
import { redact } from '../../../../shared/report/redact'
import { toHtml } from '../../../../shared/report/to-html'
import { toJson } from '../../../../shared/report/to-json'
import { toMarkdown } from '../../../../shared/report/to-markdown'
import { cases } from '../analysis/cases'
import { hostileSnapshot } from '../hostile-snapshot'
import { nodeappSnapshot } from '../nodeapp-snapshot'

const nobody = new Set<string>()

const telling = (): Snapshot => nodeappSnapshot((draft) => {
  draft.container.labels = [{ name: 'owner', value: 'alice@example.com' }]
  draft.container.environment.push({ name: 'ACME_API_KEY', looksSecret: true })
  draft.container.command = 'node app.js --db-password hunter2'
  draft.container.mounts = [{ type: 'bind', source: '/home/alice/site/src', destination: '/app', isReadOnly: true, propagation: 'rprivate' }]
  draft.engine.endpoint.address = 'ssh://alice@build-host-7.example.com'
  draft.problems.push({ code: 'PROC_DENIED', what: 'build-host-7 (10.0.12.7) denied /home/alice/.cache to alice.', fix: 'Ask alice.' })
  draft.evidence.host.detail = 'hostname of build-host-7'
  draft.host = { ...draft.host, where: 'remote', engineUser: 'alice', proof: 'The engine is asked at ssh://alice@build-host-7.example.com, which is not an address of this computer.' }
  const own = (detail: string) => ({ source: 'system' as const, detail, command: 'ls /Users/bob', unknownBecause: null, step: null, missingStep: null })
  draft.thisComputer = {
    operatingSystem: 'macOS 14.6', kernelVersion: '23.6.0', hostname: 'bobs-macbook', processCount: 1,
    processes: [{ pid: 7, ppid: 1, user: 'bob', command: '/Users/bob/bin/agent' }],
    users: [{ name: 'bob', uid: 501 }, { name: 'root', uid: 0 }],
    interfaces: [{ name: 'en0', addresses: ['192.168.77.20/24', 'fe80::1c2d/64'] }],
    rootNames: [{ name: 'Users', kind: 'directory' }],
    evidence: { hostname: own('bobs-macbook'), processes: own('ps'), users: own('bob'), interfaces: own('192.168.77.20'), rootNames: own('/') },
  }
})

describe('a redacted snapshot', () => {
  it('holds no name, address, secret or home folder of the host, in any format', () => {
    const redacted = redact(telling())
    for (const report of [toJson(redacted), toMarkdown(redacted), toHtml(redacted)]) {
      for (const secret of ['alice', 'build-host-7', '10.0.12', '172.17.0', 'fe80', '02:42:ac', 'hunter2', '8f3c0a9d5b', 'ACME_API_KEY', 'example.com', '/site', 'bob', '192.168.77'])
        expect(report).not.toContain(secret)
    }
  })

  it('keeps numbers, verdicts and what everybody has', () => {
    const [before, after] = [telling(), redact(telling())]
    expect(Snapshot.parse(after)).toEqual(after)
    expect({ ...after.namespaces.map(({ verdict, container }) => [verdict, container]) }).toEqual({ ...before.namespaces.map(({ verdict, container }) => [verdict, container]) })
    expect([after.processCounts, after.cgroup, after.users.uidMap, after.container.name, after.network.published])
      .toEqual([before.processCounts, before.cgroup, before.users.uidMap, before.container.name, before.network.published])
    expect(after.container.mounts[0]?.source).toBe('/home/‹redacted›/‹redacted›/‹redacted›')
    expect(after.engine.endpoint.address).toBe('ssh://‹redacted›')
    expect(after.processes[0]?.hostUser).toBe('root')
    expect(after.problems[0]?.what).toBe('‹redacted› (‹redacted›) denied /home/‹redacted›/‹redacted› to ‹redacted›.')
  })

  it.each(Object.entries(cases))('has the same findings: %s', (_, list) => {
    for (const { snapshot } of list) {
      const judged = (one: Snapshot): string[] => analyse(one).map(({ rule, outcome, severity }) => `${rule.id} ${outcome.status} ${severity}`)
      expect(judged(redact(snapshot))).toEqual(judged(snapshot))
    }
  })

  it('is the same when it is redacted twice', () => {
    const once = redact(telling())
    expect(redact(once)).toEqual(once)
  })

  it('takes a hostile container in its stride', () => {
    expect(Snapshot.parse(redact(hostileSnapshot())).processes).toHaveLength(5000)
  })
})

describe('masked arguments', () => {
  it.each([
    [['node', '--token=abc'], ['node', '--token=‹redacted›']],
    [['mysql', '--password', 'hunter2', '--verbose'], ['mysql', '--password', '‹redacted›', '--verbose']],
    [['sh', '-c', 'DB_PASSWORD="x y" run'], ['sh', '-c', 'DB_PASSWORD="‹redacted› y" run']],
    [['curl', 'https://bob:pw@host/path'], ['curl', 'https://‹redacted›@host/path']],
    [['x', 'ghp_0123456789abcdefghij0123'], ['x', '‹redacted›']],
    [['x', 'aB3dE5fG7hJ9kL1mN3pQ5rS7'], ['x', '‹redacted›']],
    [['curl', '-H', 'Authorization: Bearer abc.def'], ['curl', '-H', 'Authorization: ‹redacted›']],
    [['ssh', '10.1.2.3', '2001:db8::7'], ['ssh', '‹redacted›', '‹redacted›']],
    [['ps', 'aux', '--sort=-rss'], ['ps', 'aux', '--sort=-rss']],
    [['/usr/bin/passwd', '127.0.0.1', '0.0.0.0:80', '::1'], ['/usr/bin/passwd', '127.0.0.1', '0.0.0.0:80', '::1']],
  ])('turns %j into %j', (args, masked) => expect(maskArguments(args, nobody)).toEqual(masked))

  it('sees in one line what its blanks divide', () => {
    expect(maskCommandLine('curl -H Authorization: Bearer abc.def --token x', nobody)).toBe('curl -H Authorization: ‹redacted› --token ‹redacted›')
  })

  it('takes time in proportion to what a stranger wrote', () => {
    const long = ['A', 'eyJ-', 'password', 'token=', '://', 'a:', '1.', '/home/x/', 'fe80:'].map(part => part.repeat(20_000))
    const started = performance.now()
    maskArguments(long, nobody)
    expect(performance.now() - started).toBeLessThan(3000)
  })

  it('never makes an argument list longer or shorter', () => {
    fc.assert(fc.property(fc.array(fc.string()), (args) => {
      expect(maskArguments(args, nobody)).toHaveLength(args.length)
    }))
  })
})

describe('masked text', () => {
  it('knows a time and a version from an address', () => {
    const text = 'at 12:30:05, version 20.10.24, kernel 6.18.0, uid_map 0 0 4294967295'
    expect(maskText(text, nobody)).toBe(text)
  })

  it('masks whole words only', () => {
    expect(maskText('al alice alice.lan malice alice-2', new Set(['alice']))).toBe('al ‹redacted› ‹redacted› malice alice-2')
  })

  it('keeps what a folder is, not whose', () => {
    expect([maskPath('/home/alice/.ssh'), maskPath('/host_mnt/Users/Al Ice/my work'), maskPath('/srv/data')])
      .toEqual(['/home/‹redacted›/.ssh', '/host_mnt/Users/‹redacted›/‹redacted›', '/srv/data'])
  })
})
