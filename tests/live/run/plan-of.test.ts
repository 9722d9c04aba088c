import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readContainerPlan } from '../../../engine/container-plan'
import { connectDocker, type DockerEngine } from '../../../engine/sources/docker'
import { parseRunLine } from '../../../shared/run/parse-run-line'
import { runLine } from '../../../shared/run/run-line'
import { removeAll } from '../../support/containers'
import { docker } from '../../support/docker'
import { ensureBusyboxImage } from '../../support/test-images'
import { start } from '../start'
import { COMBINATIONS } from './combinations'
import { askedFor, madeByDocker } from './made-by-docker'

const { signal } = new AbortController()
const folder = mkdtempSync(join(tmpdir(), 'isoscope-test-plan-'))
const network = `isoscope-test-plan-${process.pid}`
const made: string[] = []
let engine: DockerEngine
let image: string
let other: string

beforeAll(async () => {
  engine = connectDocker({ origin: 'a test', address: process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock' }, process.env)
  image = await ensureBusyboxImage()
  other = (await start({ name: 'plan-other', flags: ['--ipc=shareable', '--network=none'] })).name
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
  rmSync(folder, { recursive: true })
})

describe.each(COMBINATIONS)('what docker run $flags … $command made', ({ flags, command = 'sleep 10000' }) => {
  it('is a plan again, whose container is the same to docker, also from its line', async () => {
    const asked = flags.replaceAll('{other}', other).replaceAll('{network}', network).replaceAll('{folder}', folder)
    const theirs = await madeByDocker(/(?:^| )-[it]*d/.test(flags) ? 'run' : 'create', asked, image, command)
    made.push(theirs)
    const { plan, lost } = await readContainerPlan(engine, theirs, signal)
    expect(lost).toEqual([])
    expect(parseRunLine(runLine(plan))).toEqual(plan)
    const { Id: ours } = await engine.create({ ...plan, name: '' }, signal)
    made.push(ours)
    if (plan.isDetached)
      await docker('start', ours)
    expect(await askedFor(ours)).toEqual(await askedFor(theirs))

    // An engine writes more of a container once it has been started. Some of these cannot be.
    if (!plan.isRemovedAtEnd && await docker('start', theirs).then(() => true, () => false))
      expect(await readContainerPlan(engine, theirs, signal)).toMatchObject({ plan, lost })
  })
})
