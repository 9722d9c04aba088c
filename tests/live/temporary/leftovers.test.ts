import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { hostname } from 'node:os'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { DoneAction } from '../../../shared/model/action'
import { TEMPORARY_OWNER_LABEL } from '../../../shared/model/temporary'
import { ownerOf } from '../../../engine/sources/owner'
import { temporaryImageLabels, temporaryLabels } from '../../../engine/temporary/labels'
import { docker, dockerWithInput } from '../../support/docker'
import { ensureBusyboxImage } from '../../support/test-images'
import { testService } from '../take'

const { signal } = new AbortController()
const made: { containers: string[], images: string[] } = { containers: [], images: [] }
/** Of a process that has just ended. */
let ended: ReturnType<typeof ownerOf>

beforeAll(async () => {
  const child = spawn('sleep', ['100'])
  await once(child, 'spawn')
  ended = ownerOf(hostname(), child.pid ?? 0)
  child.kill()
  await once(child, 'exit')
})
afterAll(async () => {
  const left = (await docker('ps', '--all', '--quiet', '--no-trunc')).split('\n').filter(id => made.containers.includes(id))
  if (left.length > 0)
    await docker('rm', '--force', '--volumes', ...left)
  const images = (await docker('images', '--quiet', '--no-trunc')).split('\n').filter(id => made.images.includes(id))
  if (images.length > 0)
    await docker('image', 'rm', '--force', ...images)
})

const labelFlags = (owner: ReturnType<typeof ownerOf>): string[] => temporaryLabels('toolbox', owner).flatMap(({ name, value }) => ['--label', `${name}=${value}`])
const nameOf = (part: string): string => `isoscope-test-leftover-${part}-${process.pid}`

async function leaveContainer(part: string, owner: ReturnType<typeof ownerOf>, verb: 'run' | 'create' = 'run'): Promise<string> {
  const id = await docker(verb, ...verb === 'run' ? ['--detach'] : [], '--name', nameOf(part), '--network=none', '--volume=/kept', ...labelFlags(owner), await ensureBusyboxImage(), 'sleep', '1000')
  made.containers.push(id)
  return id
}

async function leaveImage(part: string, owner: ReturnType<typeof ownerOf>): Promise<string> {
  const lines = [`FROM ${await ensureBusyboxImage()}`, `LABEL ${temporaryImageLabels('lab', owner).map(({ name, value }) => `${name}=${value}`).join(' ')}`, `RUN echo ${part} > /made`, 'RUN echo more >> /made']
  await dockerWithInput([lines.join('\n')], ['build', '--quiet', '--tag', nameOf(part), '-'], { ...process.env, DOCKER_BUILDKIT: '0' })
  const id = await docker('image', 'inspect', '--format', '{{.Id}}', nameOf(part))
  made.images.push(id)
  return id
}

const containers = async (): Promise<string[]> => (await docker('ps', '--all', '--quiet', '--no-trunc')).split('\n')
/** Those that the steps of a build made, too: they have the labels of what they were made for. */
const imagesOf = ({ token }: ReturnType<typeof ownerOf>): Promise<string> => docker('images', '--all', '--quiet', '--filter', `label=${TEMPORARY_OWNER_LABEL}=${token}`)
const volumeOf = (id: string): Promise<string> => docker('inspect', '--format', '{{range .Mounts}}{{.Name}}{{end}}', id)
const volumes = async (): Promise<string[]> => (await docker('volume', 'ls', '--quiet')).split('\n')

async function doneBy(service: ReturnType<typeof testService>): Promise<DoneAction[]> {
  for await (const actions of service.handlers['actions.watch']({}, { signal }))
    return actions
  return []
}

it('what a process of this computer left that has ended is removed when the engine is reached, and recorded; nothing that another one holds', async () => {
  const me = ownerOf(hostname(), process.pid)
  const [running, created, mine, foreign] = await Promise.all([
    leaveContainer('running', ended),
    leaveContainer('created', ended, 'create'),
    leaveContainer('mine', me),
    leaveContainer('foreign', ownerOf('another computer', process.pid)),
  ])
  const image = await leaveImage('image', ended)
  const [runningVolume = '', myVolume = ''] = await Promise.all([running, mine].map(volumeOf))
  expect((await imagesOf(ended)).split('\n').length).toBe(3)
  const service = testService()
  service.permitActions()
  await service.engineStatus(signal)
  await vi.waitUntil(async () => (await doneBy(service)).filter(({ outcome }) => outcome === 'done').length >= 3, { timeout: 15_000, interval: 50 })
  const left = await containers()
  expect([running, created, mine, foreign].map(id => left.includes(id))).toEqual([false, false, true, true])
  expect(await imagesOf(ended)).toBe('')
  const volumesLeft = await volumes()
  expect([runningVolume, myVolume].map(volume => volumesLeft.includes(volume))).toEqual([false, true])
  const commands = (await doneBy(service)).map(({ command, outcome, undo }) => ({ command, outcome, undo }))
  for (const command of [`docker rm --force --volumes ${nameOf('running')}`, `docker rm --force --volumes ${nameOf('created')}`, `docker image rm --no-prune ${image.slice(7, 19)}`])
    expect(commands).toContainEqual({ command, outcome: 'done', undo: null })
  await service.close()
})

it('a host that may not act removes nothing', async () => {
  const id = await leaveContainer('looked-at', ended)
  const service = testService()
  await service.engineStatus(signal)
  await service.listContainers(signal)
  await service.close()
  expect(await containers()).toContain(id)
  expect(await doneBy(service)).toEqual([])
})
