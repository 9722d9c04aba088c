import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readContainerPlan } from '../../../engine/container-plan'
import { connectDocker, type DockerEngine } from '../../../engine/sources/docker'
import { parseRunLine } from '../../../shared/run/parse-run-line'
import { runLine } from '../../../shared/run/run-line'
import { ENGINE_SOCKET } from '../../support/engine-socket'
import { removeAll } from '../../support/containers'
import { docker, dockerWithInput } from '../../support/docker'
import { ensureBusyboxImage } from '../../support/test-images'
import { start } from '../start'
import { COMBINATIONS } from './combinations'
import { askedFor, madeByDocker } from './made-by-docker'

const { signal } = new AbortController()
const folder = mkdtempSync(join(tmpdir(), 'isoscope-test-plan-'))
const network = `isoscope-test-plan-${process.pid}`
const made: string[] = []
/** An image that says everything that an image can say. */
const SAYING = `isoscope-test-plan-saying-${process.pid}`
const SAYS = ['ENV PATH=/bin', 'ENV LANG=C.UTF-8', 'LABEL made=here', 'EXPOSE 8080/tcp 53/udp', 'VOLUME /var/lib/app', 'USER app', 'WORKDIR /tmp', 'STOPSIGNAL SIGINT', 'HEALTHCHECK CMD true', 'ENTRYPOINT ["sleep"]', 'CMD ["10000"]']
let engine: DockerEngine
let image: string
let other: string

beforeAll(async () => {
  engine = connectDocker({ origin: 'a test', address: process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock' }, process.env)
  image = await ensureBusyboxImage()
  other = (await start({ name: 'plan-other', flags: ['--ipc=shareable', '--network=none'] })).name
  await docker('network', 'create', network)
  await dockerWithInput([`FROM ${image}\n${SAYS.join('\n')}\n`], ['build', '--quiet', '--tag', SAYING, '-'], { ...process.env, DOCKER_BUILDKIT: '0' })
})
afterEach(async () => {
  // With --rm they may be gone already.
  await Promise.all(made.splice(0).map(id => docker('rm', '--force', '--volumes', id).catch(() => {})))
})
afterAll(async () => {
  await removeAll()
  await docker('network', 'rm', network)
  await docker('volume', 'rm', '--force', 'isoscope-test-run-kept')
  await docker('rmi', SAYING)
  engine.close()
  rmSync(folder, { recursive: true })
})

/** The plan of the container, whose container is the same to docker; what it says, as a line without its name. */
async function roundTrip(theirs: string): Promise<string> {
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
  return runLine({ ...plan, name: '' })
}

describe.each(COMBINATIONS)('what docker run $flags … $command made', ({ flags, command = 'sleep 10000' }) => {
  it('is a plan again, whose container is the same to docker, also from its line', async () => {
    const asked = flags.replaceAll('{other}', other).replaceAll('{network}', network).replaceAll('{folder}', folder).replaceAll('{socket}', ENGINE_SOCKET)
    await roundTrip(await madeByDocker(/(?:^| )-[it]*d/.test(flags) ? 'run' : 'create', asked, image, command))
  })
})

describe.each([
  ['', '', '', ''],
  ['', '5000', '', '5000'],
  ['-e LANG=de -e PATH=/bin', '', '-e LANG=de', ''],
  ['--user app --workdir /tmp --stop-signal SIGINT --label made=here --expose 8080', '', '', ''],
  ['--user 0 -w / --label made=there --stop-signal SIGKILL', '', '--stop-signal SIGKILL --user 0 --workdir / --label made=there', ''],
  ['-p 127.0.0.1::8080 --expose 90', '', '-p 127.0.0.1::8080 --expose 90', ''],
  ['-v /var/lib/app -v /more', '', '-v /more', ''],
  ['--entrypoint sleep', '5000', '', '5000'],
  ['--entrypoint sleep', '', '--entrypoint sleep', ''],
  ['--entrypoint sh', '-c "sleep 5000"', '--entrypoint sh', '-c \'sleep 5000\''],
  ['--entrypoint=', 'sleep 5000', '--entrypoint \'\'', 'sleep 5000'],
])('of an image that says all itself, docker create %s IMAGE %s', (flags, command, saidFlags, saidCommand) => {
  it('has the flags alone that say something else', async () => {
    expect(await roundTrip(await madeByDocker('create', flags, SAYING, command))).toBe(['docker run', saidFlags, SAYING, saidCommand].filter(part => part !== '').join(' '))
  })
})
