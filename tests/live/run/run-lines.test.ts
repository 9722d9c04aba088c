import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { connectDocker, type DockerEngine } from '../../../engine/sources/docker'
import { analyse, type Finding } from '../../../shared/analysis/analyse'
import type { ImageConfig } from '../../../shared/model/image'
import type { RunPlan } from '../../../shared/model/run-plan'
import { parseRunLine } from '../../../shared/run/parse-run-line'
import { predictIsolation } from '../../../shared/run/predict-isolation'
import { removeAll } from '../../support/containers'
import { docker } from '../../support/docker'
import { ENGINE_SOCKET } from '../../support/engine-socket'
import { ensureBusyboxImage } from '../../support/test-images'
import { start } from '../start'
import { testService } from '../take'
import { COMBINATIONS } from './combinations'
import { askedFor, madeByDocker } from './made-by-docker'

const { signal } = new AbortController()
const folder = mkdtempSync(join(tmpdir(), 'isoscope-test-run-'))
const network = `isoscope-test-run-${process.pid}`
const made: string[] = []
const service = testService()
let engine: DockerEngine
let image: string
let other: string

beforeAll(async () => {
  engine = connectDocker({ origin: 'a test', address: process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock' }, process.env)
  image = await ensureBusyboxImage()
  other = (await start({ name: 'run-other', flags: ['--ipc=shareable', '--network=none'] })).name
  await docker('network', 'create', network)
})
afterEach(async () => {
  // With --rm they may be gone already.
  await Promise.all(made.splice(0).map(id => docker('rm', '--force', '--volumes', id).catch(() => {})))
})
afterAll(async () => {
  await removeAll()
  await docker('network', 'rm', network)
  await docker('volume', 'rm', '--force', 'isoscope-test-run-kept')
  engine.close()
  await service.close()
  rmSync(folder, { recursive: true })
})

const configOf = async (name: string): Promise<ImageConfig | null> =>
  (await service.handlers['images.list']({}, { signal })).find(({ tags }) => tags.includes(`${name}:latest`))?.config ?? null

const told = (finding: Finding | undefined): string =>
  finding === undefined ? 'no such rule' : `${finding.rule.id}: ${finding.outcome.status}${finding.outcome.status === 'fail' ? ` (${finding.severity})` : ''}`

/** All else is known here. This engine is too old to tell one default of its own, and does not tell how its folder is mounted. */
const mayBeUnknown = ({ user, mounts }: RunPlan): string[] => [
  'no-new-privileges-off',
  ...user === '' || user === 'root' ? [] : ['runs-as-root'],
  ...user === 'app' ? ['dangerous-capabilities', 'default-capabilities-kept'] : [],
  ...mounts.length > 0 ? ['shared-mount-propagation'] : [],
]

/** Which number a name has stands in the image: the rule takes root for the worst. */
const worstOf = ({ user }: RunPlan) => (finding: Finding | undefined): string =>
  user === 'app' && finding?.rule.id === 'no-user-namespace' ? `${finding.rule.id}: ${finding.outcome.status}` : told(finding)

const withoutIds = (words: string): string => words.replaceAll(/[0-9a-f]{12,64}/g, '<id>').replaceAll(/"[^"]*_[a-z]+"|\b[a-z]+_[a-z]+\b/g, '<name>').replaceAll(/\d+/g, '<number>')

/** Whether it runs now, and what docker says where it does not. */
const started = (id: string): Promise<string> => docker('start', id).then(() => 'started', (error: Error) => error.message.replaceAll(id, '<id>'))

describe.each(COMBINATIONS)('docker run $flags … $command', ({ flags, command = 'sleep 10000' }) => {
  it('makes the container that docker makes of that line, isolated as was foretold', async () => {
    const asked = flags.replaceAll('{other}', other).replaceAll('{network}', network).replaceAll('{folder}', folder).replaceAll('{socket}', ENGINE_SOCKET)
    const plan = parseRunLine(`docker run ${asked} ${image} ${command}`)
    const theirs = await madeByDocker(plan.isDetached ? 'run' : 'create', asked, image, command)
    made.push(theirs)
    const { Id: ours } = await engine.create(plan, signal)
    made.push(ours)
    if (plan.isDetached)
      await docker('start', ours)
    expect(await askedFor(ours)).toEqual(await askedFor(theirs))

    const answer = await started(ours)
    if (answer !== 'started') {
      // What cannot start here cannot for docker either, for the same reason.
      expect(withoutIds(answer)).toBe(withoutIds(await started(theirs)))
      return
    }
    const context = { ...await service.handlers['run.context']({}, { signal }), image: await configOf(image) }
    const { namespaces, findings } = predictIsolation(plan, context)
    // While a container of somebody else's starts, it cannot be told whether it is in one of these namespaces.
    const snapshot = await vi.waitUntil(async () => {
      const taken = await service.takeSnapshot(ours, signal)
      return taken.namespaces.every(({ verdict }) => verdict !== 'unknown') && taken
    }, { timeout: 20_000 })
    expect(snapshot.container.state).toBe('running')
    expect(namespaces.map(({ type, verdict, sharedWith }) => ({ type, verdict, sharedWith: sharedWith === null ? [] : [sharedWith.name] })))
      .toEqual(snapshot.namespaces.map(({ type, verdict, sharedWith }) => ({ type, verdict, sharedWith: verdict === 'shared' ? sharedWith.map(({ name }) => name) : [] })))
    const observed = new Map(analyse(snapshot).map(finding => [finding.rule.id, finding]))
    const decided = findings.filter(({ outcome }) => outcome.status !== 'unknown')
    expect(decided.map(worstOf(plan))).toEqual(decided.map(({ rule }) => worstOf(plan)(observed.get(rule.id))))
    const undecided = findings.filter(finding => !decided.includes(finding)).map(({ rule }) => rule.id)
    expect(undecided.filter(id => !mayBeUnknown(plan).includes(id))).toEqual([])
  })
})
