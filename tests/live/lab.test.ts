import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Service } from '../../engine/service'
import { checkStep } from '../../shared/lab/check-step'
import type { DoneAction } from '../../shared/model/action'
import { LAB_STEPS, type Lab, type LabFacts, type LabOrder, type LabRecord, type LabStepId } from '../../shared/model/lab'
import { removeAll } from '../support/containers'
import { docker } from '../support/docker'
import { inventory } from '../support/inventory'
import { ensureBusyboxImage, ensureStaticImage } from '../support/test-images'
import { testService } from './take'

const { signal } = new AbortController()
let image: string
beforeAll(async () => { image = `${await ensureBusyboxImage()}:latest` })
afterAll(removeAll)

/** A lab of its own, which is over after that whatever came of it. */
async function withLab(act: (service: Service) => Promise<void>): Promise<void> {
  const service = testService()
  try {
    await act(service)
  }
  finally {
    await service.close()
  }
}

async function labOf({ handlers }: Service): Promise<Lab> {
  for await (const lab of handlers['lab.watch']({}, { signal }))
    return lab
  throw new Error('the lab told nothing')
}

const perform = (service: Service, step: LabStepId, order: Partial<LabOrder> = {}): Promise<unknown> =>
  service.handlers['lab.perform']({ step, prediction: null, baseImage: step === 'build' ? image : null, ...order }, { signal })

async function begun(service: Service): Promise<string> {
  await perform(service, 'build')
  await perform(service, 'run')
  return (await labOf(service)).name
}

async function recordOf(service: Service, step: LabStepId): Promise<LabRecord> {
  const record = (await labOf(service)).records.find(each => each.step === step)
  if (!record)
    throw new Error(`no record of ${step}`)
  return record
}

const isOf = <Step extends LabFacts['step']>(facts: LabFacts, step: Step): facts is Extract<LabFacts, { step: Step }> => facts.step === step
async function factsOf<Step extends LabFacts['step']>(service: Service, step: Step): Promise<Extract<LabFacts, { step: Step }>> {
  const { facts } = await recordOf(service, step)
  if (facts === null || !isOf(facts, step))
    throw new Error(`no facts of ${step}`)
  return facts
}

async function doneBy({ handlers }: Service): Promise<DoneAction[]> {
  for await (const actions of handlers['actions.watch']({}, { signal }))
    return actions
  return []
}

/** Everything with the lab's labels that docker lists. */
const labelled = async (): Promise<string> => [
  await docker('ps', '--all', '--quiet', '--filter', 'label=io.isoscope.temporary=lab'),
  await docker('images', '--all', '--quiet', '--filter', 'label=io.isoscope.temporary.image=lab'),
].join('')
describe('the whole lab', () => {
  it('is done on the engine, measured as docker and the kernel tell it, recorded, and leaves the engine as it was', () => withLab(async (service) => {
    const before = await inventory()
    const name = await begun(service)
    const inspected = await docker('inspect', '--format', '{{.Id}} {{.State.Pid}} {{index .Config.Labels "io.isoscope.temporary"}}', name)
    const [id = '', pid = '', label] = inspected.split(' ')
    expect(label).toBe('lab')
    for (const step of LAB_STEPS.slice(2, -1))
      await perform(service, step)

    const top = (await docker('top', name, '-eo', 'pid,args')).split('\n').slice(1).map(line => line.trim().split(/\s+/)[0])
    expect((await factsOf(service, 'list')).hostProcesses).toBe(top.length)
    expect((await factsOf(service, 'pids')).pairs.map(({ host }) => String(host)).sort()).toEqual(top.sort())
    expect((await factsOf(service, 'pids')).first).toBe(Number(pid))
    expect(await factsOf(service, 'enter')).toMatchObject({ name: id.slice(0, 12), pidInside: expect.any(Number) })
    expect(await factsOf(service, 'count')).toMatchObject({ listed: 4, inside: 3, wall: 'private' })
    expect((await factsOf(service, 'roots')).inside).toBe((await docker('exec', name, 'ls', '-A', '/')).split('\n').length)
    expect((await recordOf(service, 'memory')).facts).toMatchObject({ memory: { plain: 'unlimited', turned: 64 * 1024 ** 2 }, unknownCount: 0, sameCount: expect.any(Number) })
    const { records } = await labOf(service)
    expect(Object.fromEntries(records.map(record => [record.step, checkStep(record)?.answer]))).toEqual({
      'build': 'nothing',
      'run': 'host',
      'list': '3',
      'enter': 'new',
      'count': '4',
      'pids': pid,
      'roots': 'alike',
      'hostname': 'id',
      'users': 'root-both',
      'interfaces': 'own',
      'pid-host': 'pid',
      'network-host': 'net',
      'memory': 'limit',
    })

    await perform(service, 'clean')
    expect(await inventory()).toEqual(before)
    expect(checkStep(await recordOf(service, 'clean'))?.answer).toBe('nothing')
    expect((await factsOf(service, 'clean')).inventory.map(({ kind, came, gone }) => [kind, came, gone])).toEqual(['containers', 'images', 'volumes', 'networks'].map(kind => [kind, [], []]))
    const done = await doneBy(service)
    expect(done.every(({ outcome }) => outcome === 'done')).toBe(true)
    expect(done.map(({ command }) => command)).toEqual(expect.arrayContaining([
      expect.stringContaining(`docker build -t ${name} - <<'DOCKERFILE'\nFROM ${image}\nLABEL`),
      `docker run -d --name ${name} --label io.isoscope.temporary=lab ${name}`,
      `docker exec ${name} ps aux`,
      `docker run -d --name ${name}-pid-host --label io.isoscope.temporary=lab --pid host ${name}`,
      `docker rm --force --volumes ${name}-memory`,
      `docker rmi ${name}`,
    ]))
  }))

  it('keeps what it is built on, though that has lost its name meanwhile', () => withLab(async (service) => {
    const base = `isoscope-test-lab-base-${process.pid}`
    const other = `${base}-other`
    await docker('run', '--name', other, '--network', 'none', image, 'true')
    const parent = await docker('commit', '--message', 'base', other, base)
    try {
      await perform(service, 'build', { baseImage: `${base}:latest` })
      await docker('tag', image, base)
      await perform(service, 'clean')
      expect(await docker('inspect', '--format', '{{.Id}}', parent)).toBe(parent)
    }
    finally {
      await docker('rm', '--force', other)
      await docker('rmi', '--force', base, parent)
    }
  }))
})

describe('trouble', () => {
  it('is a container that somebody removed, stopped or paused: it is said, and mended by running it again', () => withLab(async (service) => {
    const name = await begun(service)
    await docker('pause', name)
    await expect(perform(service, 'list')).rejects.toMatchObject({ problem: { code: 'LAB_CONTAINER_PAUSED' } })
    await docker('unpause', name)
    await perform(service, 'list')
    await docker('kill', name)
    await expect(perform(service, 'list', { prediction: '3' })).rejects.toMatchObject({ problem: { code: 'LAB_CONTAINER_ENDED' } })
    expect(await recordOf(service, 'list')).toMatchObject({ state: 'failed', facts: null, prediction: '3', problem: { code: 'LAB_CONTAINER_ENDED' } })
    await docker('rm', name)
    await expect(perform(service, 'pid-host')).rejects.toMatchObject({ problem: { code: 'LAB_CONTAINER_GONE' } })
    await perform(service, 'run')
    await perform(service, 'list')
    expect(await recordOf(service, 'list')).toMatchObject({ state: 'done', problem: null })
    await perform(service, 'clean')
    expect(await labelled()).toBe('')
  }))

  it('is an image that somebody removed, a name that somebody took, an image without a shell', () => withLab(async (service) => {
    await perform(service, 'build')
    const { name } = await labOf(service)
    await docker('rmi', name)
    await expect(perform(service, 'run')).rejects.toMatchObject({ problem: { code: 'LAB_IMAGE_GONE' } })
    await perform(service, 'build')
    const holder = await docker('create', '--name', name, '--network', 'none', image, 'true')
    try {
      await expect(perform(service, 'run')).rejects.toMatchObject({ problem: { code: 'LAB_NAME_IN_USE' } })
    }
    finally {
      await docker('rm', holder)
    }
    await perform(service, 'build', { baseImage: `${await ensureStaticImage()}:latest` })
    await expect(perform(service, 'run')).rejects.toMatchObject({ problem: { code: 'LAB_WITHOUT_SHELL' } })
    await perform(service, 'build')
    await perform(service, 'run')
    await perform(service, 'clean')
    expect(await labelled()).toBe('')
  }))

  it('is an image that the engine has not, or that somebody uses at the end', () => withLab(async (service) => {
    await expect(perform(service, 'build', { baseImage: `isoscope-test-none-${process.pid}` })).rejects.toMatchObject({ problem: { code: 'IMAGE_NOT_BUILT' } })
    await perform(service, 'build')
    const { name } = await labOf(service)
    const user = await docker('create', '--network', 'none', name, 'true')
    try {
      await expect(perform(service, 'clean')).rejects.toMatchObject({ problem: { code: 'LAB_IMAGE_IN_USE' } })
      expect(await labOf(service)).toMatchObject({ isEnded: false })
    }
    finally {
      await docker('rm', user)
    }
    await perform(service, 'clean')
    expect(await labOf(service)).toMatchObject({ isEnded: true })
    expect(await labelled()).toBe('')
  }))

  it('is a step before there is anything, two at once, and one after the end', () => withLab(async (service) => {
    await expect(perform(service, 'run')).rejects.toMatchObject({ problem: { code: 'LAB_NOT_BEGUN' } })
    const building = perform(service, 'build')
    await expect(perform(service, 'run')).rejects.toMatchObject({ problem: { code: 'LAB_BUSY' } })
    await building
    await perform(service, 'clean')
    await expect(perform(service, 'build')).rejects.toMatchObject({ problem: { code: 'LAB_NOT_BEGUN' } })
    const { name } = await labOf(service)
    await service.handlers['lab.renew']({}, { signal })
    expect(await labOf(service)).toMatchObject({ isEnded: false, records: [], engine: null })
    expect((await labOf(service)).name).not.toBe(name)
  }))
})

describe('the end', () => {
  it('comes in the middle of a step too, and leaves nothing', () => withLab(async (service) => {
    const building = perform(service, 'build').catch(() => 'given up')
    await expect.poll(async () => (await labOf(service)).buildLines.length).toBeGreaterThan(0)
    await perform(service, 'clean')
    await building
    expect(await labelled()).toBe('')
  }))

  it('of Isoscope is that of its lab', async () => {
    const service = testService()
    await begun(service)
    await perform(service, 'memory')
    expect(await labelled()).not.toBe('')
    await service.close()
    expect(await labelled()).toBe('')
  })

  it('of whoever asked is none: a step goes on, and is known to the next page', () => withLab(async (service) => {
    const leaving = new AbortController()
    const building = service.handlers['lab.perform']({ step: 'build', prediction: 'nothing', baseImage: image }, { signal: leaving.signal })
    leaving.abort()
    await building
    expect(await recordOf(service, 'build')).toMatchObject({ state: 'done', prediction: 'nothing' })
  }))
})
