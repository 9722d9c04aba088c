import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DoneAction } from '../../../shared/model/action'
import type { RanContainer } from '../../../shared/model/run-context'
import { parseRunLine } from '../../../shared/run/parse-run-line'
import { docker } from '../../support/docker'
import { removeAll } from '../../support/containers'
import { ensureBusyboxImage } from '../../support/test-images'
import { start } from '../start'
import { testService } from '../take'

const { handlers, close } = testService()
const { signal } = new AbortController()
const prefix = `isoscope-test-ran-${process.pid}`

let image: string
beforeAll(async () => { image = await ensureBusyboxImage() })
afterAll(async () => {
  await close()
  await removeAll()
})

const run = (line: string): Promise<RanContainer> => handlers['container.run'](parseRunLine(`docker run ${line}`), { signal })
const names = async (): Promise<string[]> => (await docker('ps', '--all', '--format', '{{.Names}}', '--filter', `name=${prefix}`)).split('\n').filter(name => name !== '')

async function done(): Promise<DoneAction[]> {
  for await (const actions of handlers['actions.watch']({}, { signal }))
    return actions
  return []
}

describe('a container that is run', () => {
  it('runs then, and is recorded with the docker line, without the values of secrets', async () => {
    const name = `${prefix}-plain`
    const ran = await run(`--name ${name} --network none -e A=1 -e DB_PASSWORD=hunter2 ${image} sleep 10000`)
    try {
      expect(ran).toEqual({ containerId: expect.stringMatching(/^[0-9a-f]{64}$/), name, warnings: [], ended: null })
      expect(await docker('inspect', '--format', '{{.Id}} {{.State.Status}} {{index .Config.Env 1}}', name)).toBe(`${ran.containerId} running DB_PASSWORD=hunter2`)
      expect((await done()).at(-1)).toMatchObject({ command: `docker run --name ${name} -e A=1 -e 'DB_PASSWORD=…' --network none ${image} sleep 10000`, outcome: 'done', undo: { verb: 'stop', container: { name } } })
    }
    finally {
      await docker('rm', '--force', ran.containerId)
    }
  })

  it('is told to have ended where it has', async () => {
    const ran = await run(`--name ${prefix}-ends --network none ${image} sh -c 'exit 7'`)
    try {
      expect(ran.ended).toEqual({ exitCode: 7 })
    }
    finally {
      await docker('rm', '--force', ran.containerId)
    }
    expect((await run(`--rm --name ${prefix}-ends --network none ${image} true`)).ended).toMatchObject({ exitCode: expect.toBeOneOf([0, null]) })
  })

  it('gets a name from the engine where it was given none, and brings the engine’s warnings', async () => {
    const ran = await run(`--network none --memory 64m --memory-swap=-1 ${image} sleep 10000`)
    try {
      expect(ran.name).toBe((await docker('inspect', '--format', '{{.Name}}', ran.containerId)).slice(1))
      const { Warnings } = JSON.parse(await docker('info', '--format', '{{json .}}'))
      expect(ran.warnings.some(warning => /swap/i.test(warning))).toBe((Warnings ?? []).some((warning: string) => /No swap limit support/.test(warning)))
    }
    finally {
      await docker('rm', '--force', ran.containerId)
    }
  })
})

describe('what cannot run', () => {
  it.each([
    ['a program that is not there', 'IMAGE nope', 'PROGRAM_MISSING'],
    ['a program that may not be executed', 'IMAGE /etc/passwd', 'PROGRAM_NOT_EXECUTABLE'],
    ['an image that is not there', 'isoscope-test-no-such-image', 'IMAGE_MISSING'],
    ['a network that is not there', '--network isoscope-test-no-network IMAGE true', 'NETWORK_MISSING'],
    ['a container to join that is not there', '--network container:isoscope-test-nobody IMAGE true', 'JOINED_CONTAINER_MISSING'],
    ['another’s processes that is not there', '--pid container:isoscope-test-nobody IMAGE true', 'JOINED_CONTAINER_MISSING'],
    ['a folder to mount that is not there', '--mount type=bind,source=/isoscope/no/folder,target=/x IMAGE true', 'MOUNT_SOURCE_MISSING'],
    ['a user who is not there', '--user nobody-of-that-name IMAGE true', 'USER_MISSING'],
    ['a runtime that is not there', '--runtime no-runtime IMAGE true', 'RUNTIME_MISSING'],
  ])('is told in plain words and leaves nothing behind: %s', async (_what, line, code) => {
    await expect(run(`--name ${prefix}-fails ${line.includes('--network') ? '' : '--network none'} ${line.replace('IMAGE', image)}`)).rejects.toMatchObject({ problem: { code, what: expect.stringContaining('The engine') } })
    expect(await names()).toEqual([])
    expect((await done()).at(-1)).toMatchObject({ outcome: 'failed', undo: null })
  })

  it('is a name or a port that another one has', async () => {
    const holder = await start({ name: 'run-holds', flags: ['--publish', '127.0.0.1::80'] })
    const port = (await docker('port', holder.id, '80')).split(':').at(-1) ?? ''
    await expect(run(`--name ${holder.name} --network none ${image} true`)).rejects.toMatchObject({ problem: { code: 'NAME_IN_USE', what: expect.stringContaining(holder.name) } })
    await expect(run(`--name ${prefix}-port -p 127.0.0.1:${port}:80 ${image} sleep 10000`)).rejects.toMatchObject({ problem: { code: 'PORT_IN_USE', what: expect.stringContaining(`${prefix}-port cannot have its port`) } })
    expect(await names()).toEqual([])
    expect(await docker('inspect', '--format', '{{.State.Status}}', holder.id)).toBe('running')
  })
})

describe('what an engine has', () => {
  it('is the images that docker lists, with what they say of their containers', async () => {
    const listed = await handlers['images.list']({}, { signal })
    const theirs = (await docker('images', '--no-trunc', '--format', '{{.ID}} {{.Repository}}')).split('\n').filter(line => !line.includes('isoscope-helper')).map(line => line.split(' ')[0])
    expect(new Set(listed.map(({ id }) => id))).toEqual(new Set(theirs))
    const own = listed.find(({ tags }) => tags.includes(`${image}:latest`))
    const [inspected] = JSON.parse(await docker('inspect', image))
    expect(own).toMatchObject({ id: inspected.Id, sizeBytes: inspected.Size, config: { user: '', entrypoint: [] } })
  })

  it('is its networks, its containers and its defaults, as docker tells them', async () => {
    const context = await handlers['run.context']({}, { signal })
    const info = JSON.parse(await docker('info', '--format', '{{json .}}'))
    expect(context).toMatchObject({ defaultRuntime: info.DefaultRuntime, rootFolder: info.DockerRootDir, hostMemoryBytes: info.MemTotal, enforces: { memory: info.MemoryLimit, cpu: info.CpuCfsQuota, pids: info.PidsLimit } })
    expect(context.networks.map(({ name }) => name)).toEqual(expect.arrayContaining(['bridge', 'host', 'none']))
    expect(context.networks.find(({ name }) => name === 'bridge')?.publishesOn).toBe('0.0.0.0')
  })
})
