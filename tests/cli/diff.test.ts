import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shorten } from '../../cli/print/fit'
import type { ComparedFact, ComparedTopic } from '../../shared/compare/compare-snapshots'
import { removeAll, startContainer, type StartedContainer } from '../support/containers'
import { docker } from '../support/docker'
import { ensureBusyboxImage } from '../support/test-images'
import { isoscope } from './run-isoscope'

const ESC = '\x1b'

let image: string
let plain: StartedContainer
let folder: string
let saved: string

const start = (name: string, flags: readonly string[] = []): Promise<StartedContainer> =>
  startContainer({ name: `cli-diff-${name}`, image, flags, command: ['sleep', '1000'] })

beforeAll(async () => {
  image = await ensureBusyboxImage()
  plain = await start('plain')
  folder = await mkdtemp(join(tmpdir(), 'isoscope-test-diff-'))
  saved = join(folder, 'plain.isoscope.json')
  const { code } = await isoscope(['report', plain.name, '-o', saved])
  expect(code).toBe(0)
})
afterAll(removeAll)
afterAll(() => rm(folder, { recursive: true }))

/** Whether the machine has a way out and whether anybody listens there is its own affair; a container in its network has the same. */
const OF_THE_MACHINE = ['network.inside.defaultGateway', 'network.inside.listening']

const factsOf = async (a: string, b: string): Promise<ComparedFact[]> => {
  const { code, stdout, stderr } = await isoscope(['diff', a, b, '--json'])
  expect([code, stderr]).toEqual([0, ''])
  const { topics }: { topics: ComparedTopic[] } = JSON.parse(stdout)
  return topics.flatMap(({ facts }) => facts)
}
const named = (facts: readonly ComparedFact[], outcome: ComparedFact['outcome']): string[] => facts.filter(fact => fact.outcome === outcome).map(({ fact }) => fact)

describe('two containers', () => {
  it('with the same flags differ in nothing but what each is given anew', async () => {
    const facts = await factsOf(plain.name, (await start('twin')).name)
    expect([named(facts, 'different'), named(facts, 'unknown'), named(facts, 'own')]).toEqual([[], [], ['network.inside.addresses', 'hostname.inside']])
  })

  it.each([
    // The engine adds `label=disable` by itself.
    [['--pid=host'], ['namespaces.pid', 'processCounts.inside', 'processes', 'findings.host-pid-namespace', 'container.modes.pid', 'container.securityOptions']],
    [['--network=host'], ['namespaces.net', 'network.inside.interfaces', 'network.inside.addresses', 'network.attached', 'hostname.inside', 'findings.host-network-namespace', 'container.modes.network']],
    [['--read-only'], ['security.isRootReadOnly', 'files.mounts', 'findings.writable-root', 'container.isReadOnlyRoot']],
    [['--memory', '64m'], ['cgroup.memory.limitBytes', 'findings.no-memory-limit', 'container.limits.memoryBytes']],
    [['--user', '1000'], ['users.main.uid', 'users.main.hostUid', 'security.capabilities.effective', 'security.capabilities.permitted', 'findings.runs-as-root', 'container.user']],
    [['--cap-drop', 'ALL'], ['security.capabilities.effective', 'security.capabilities.permitted', 'security.capabilities.bounding', 'findings.default-capabilities-kept', 'container.capabilitiesDropped']],
  ])('of which one has %j differ in what that flag does, and in nothing else', async (flags, expected) => {
    const other = await start('flag', flags)
    const facts = await factsOf(plain.name, other.name)
    expect([named(facts, 'different').filter(fact => !OF_THE_MACHINE.includes(fact)), named(facts, 'unknown')]).toEqual([expected, []])
  })
})

describe('a saved snapshot', () => {
  it('beside the container itself differs in nothing', async () => {
    expect(named(await factsOf(saved, plain.name), 'different')).toEqual([])
  })

  it('shows what was changed since in the container', async () => {
    const changed = await start('changed')
    const before = join(folder, 'before.isoscope.json')
    await isoscope(['report', changed.name, '-o', before])
    await docker('exec', changed.name, 'touch', '/made')
    const facts = await factsOf(before, changed.name)
    expect(named(facts, 'different')).toEqual(['files.rootInside', 'files.entryCount', 'files.changes'])
    expect(facts.find(({ fact }) => fact === 'files.changes')).toMatchObject({ onlyA: [], onlyB: ['A /made'] })
  })

  it('beside another needs no engine', async () => {
    const { code, stdout } = await isoscope(['diff', saved, saved], { DOCKER_HOST: 'unix:///nonexistent' })
    expect([code, stdout.trimEnd().split('\n').at(-1)]).toEqual([0, expect.stringMatching(/^0 differences, 0 not known of both, \d+ the same$/)])
  })

  it('that was masked is unknown where it was masked', async () => {
    const masked = join(folder, 'masked.isoscope.json')
    await isoscope(['report', plain.name, '-o', masked, '--redact'])
    const facts = await factsOf(masked, plain.name)
    expect(named(facts, 'different')).toEqual([])
    expect(named(facts, 'unknown')).toEqual(expect.arrayContaining(['hostname.inside', 'network.inside.addresses', 'host.hostname']))
  })
})

describe('a container that has stopped', () => {
  it('is unknown in what is in force, and not different', async () => {
    const stopped = await start('stopped')
    await docker('kill', stopped.name)
    const facts = await factsOf(plain.name, stopped.name)
    expect(named(facts, 'different')).toEqual(['container.state', 'processCounts.inside', 'processes'])
    expect(named(facts, 'unknown')).toEqual(expect.arrayContaining(['namespaces.pid', 'files.entryCount', 'security.seccomp', 'cgroup.memory.limitBytes', 'files.mounts', 'workingDirectory.inside', 'network.inside.interfaces']))
  })
})

describe('its exit code', () => {
  it.each([
    ['0 for a difference that was only shown', ['PLAIN', 'LIMITED'], 0],
    ['1 for a difference with --exit-code', ['PLAIN', 'LIMITED', '--exit-code'], 1],
    ['1 also as JSON', ['PLAIN', 'LIMITED', '--exit-code', '--json'], 1],
    ['0 for none with --exit-code', ['PLAIN', 'PLAIN', '--exit-code'], 0],
    ['1 for a container that is not there', ['PLAIN', 'no.such'], 1],
    ['2 for that with --exit-code, since 1 is an answer', ['PLAIN', 'no.such', '--exit-code'], 2],
    ['2 for an engine that does not answer, with --exit-code', ['-H', 'unix:///nonexistent', 'PLAIN', 'PLAIN', '--exit-code'], 2],
    ['2 for a name that none can have', ['PLAIN', 'a b'], 2],
    ['2 for one alone', ['PLAIN'], 2],
  ])('is %s', async (_words, args, expected) => {
    const limited = args.includes('LIMITED') ? await start('limited', ['--memory', '64m']) : plain
    const { code } = await isoscope(['diff', ...args.map(arg => arg === 'PLAIN' ? plain.name : arg === 'LIMITED' ? limited.name : arg)])
    expect(code).toBe(expected)
  })
})

describe('a file that is no snapshot', () => {
  it.each([
    ['missing.json', null, 'missing.json is not there'],
    ['cut.json', '{"format": 1, "id"', 'cut.json is not JSON, or is cut short'],
    ['other.json', '{"format": 2}', 'other.json is no Isoscope snapshot of format 1: format'],
    ['empty.json', '', 'empty.json is not JSON'],
    [`${ESC}[2J.json`, '[]', String.raw`\x1b[2J.json is no Isoscope snapshot`],
  ])('is named, with what is wrong with it: %j', async (name, text, words) => {
    const path = join(folder, name)
    if (text !== null)
      await writeFile(path, text)
    const { code, stdout, stderr } = await isoscope(['diff', saved, path])
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain(words)
    expect(stderr).not.toContain(ESC)
  })
})

describe('what is printed', () => {
  it('of hostile names fits 80 columns and has no control character, and as JSON is ASCII', async () => {
    const hostile = await startContainer({
      name: 'cli-diff-hostile',
      image,
      flags: ['--env', `A${ESC}B=1`, '--label', `${ESC}[2J=\u202E`, '--tmpfs', '/tmp/mount'],
      command: ['sh', '-c', 'sleep 1000', `${ESC}]0;title\x07`, '\u200B\u202E'],
    })
    for (const flags of [[], ['--all']]) {
      const { stdout, stderr } = await isoscope(['diff', plain.name, hostile.name, ...flags])
      expect(stderr).toBe('')
      expect(stdout).toContain(String.raw`\x1b[2J=\u202e`)
      expect(stdout.split('\n').filter(line => [...line].length > 80 || /[\p{Cc}\p{Cf}]/u.test(line))).toEqual([])
    }
    const { stdout } = await isoscope(['diff', plain.name, hostile.name, '--json'])
    expect([...stdout].filter(character => character !== '\n' && !/[ -~]/.test(character))).toEqual([])
    expect(JSON.parse(stdout).b.id).toBe(hostile.id)
  })

  it('begins with both, and when each was seen', async () => {
    const { takenAt } = JSON.parse(await readFile(saved, 'utf8'))
    const { stdout } = await isoscope(['diff', saved, plain.id.slice(0, 20)])
    const [a, b] = stdout.split('\n')
    expect(a).toBe(`A  ${shorten(plain.name, 36)} · ${plain.id.slice(0, 12)} · ${takenAt.slice(0, 19).replace('T', ' ')} UTC`)
    expect(b).toMatch(new RegExp(`^B {2}.* · ${plain.id.slice(0, 12)} · `))
  })
})
