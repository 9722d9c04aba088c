import { expect, it } from 'vitest'
import { RawImage } from '../../../../engine/parse/docker-image'
import { removeImages } from '../../../../engine/temporary/remove-images'
import { engineThatAnswers } from '../../../support/scene'

const { signal } = new AbortController()
const DOCKER = { ApiVersion: '1.41', Components: [{ Name: 'Engine' }] }
const PODMAN = { ApiVersion: '1.41', Components: [{ Name: 'Podman Engine' }] }
const idOf = (digit: string): string => digit.repeat(64)

/** As an engine lists it; Podman 4.3 gives a parent without `sha256:`. */
const listed = (digit: string, parent: string, tag: string | null, isOurs: boolean): RawImage => RawImage.parse({
  Id: `sha256:${idOf(digit)}`,
  ParentId: parent === '' ? '' : idOf(parent),
  RepoTags: tag === null ? null : [tag],
  Labels: isOurs ? { 'io.isoscope.temporary.image': 'lab' } : null,
})

/** An engine that has these, and takes nameless parents along where it is Podman; and what was removed of it, in its order. */
function engineWith(version: object, images: readonly RawImage[]) {
  const removed: string[] = []
  let left = [...images]
  const take = (id: string): void => {
    const image = left.find(({ Id }) => Id === id)
    left = left.filter(({ Id }) => Id !== id)
    const parent = version === PODMAN ? left.find(({ Id }) => Id === image?.ParentId) : undefined
    if (parent?.RepoTags.length === 0)
      take(parent.Id)
  }
  const docker = {
    ...engineThatAnswers({ version }),
    everyImage: async () => left,
    removeImage: async (id: string) => {
      removed.push(id.slice(-1))
      take(id)
    },
  }
  const clean = (): Promise<void> => removeImages(docker, ({ Labels }) => Labels?.['io.isoscope.temporary.image'] === 'lab', (_, remove) => remove(), signal)
  return { clean, removed, left: () => left.map(({ Id }) => Id.slice(-1)) }
}

const build = (baseTag: string | null): RawImage[] => [listed('1', '', baseTag, false), listed('2', '1', null, true), listed('3', '2', null, true), listed('4', '3', 'lab:latest', true)]

it('the images of a build are removed from the last one on, each by itself', async () => {
  const { clean, removed, left } = engineWith(DOCKER, build(null))
  await clean()
  expect([removed, left()]).toEqual([['4', '3', '2'], ['1']])
})

it('those that Podman takes along are not asked for again', async () => {
  const { clean, removed, left } = engineWith(PODMAN, build('base:latest'))
  await clean()
  expect([removed, left()]).toEqual([['4'], ['1']])
})

it('a build of an image that has lost its name stays on Podman, which would remove that, too; who is told knows what to do', async () => {
  const { clean, removed, left } = engineWith(PODMAN, build(null))
  await expect(clean()).rejects.toMatchObject({ problem: { code: 'IMAGE_PARENT_AT_RISK', what: expect.stringContaining('lab:latest is still there'), fix: expect.stringContaining('podman tag 111111111111 NAME') } })
  expect([removed, left()]).toEqual([[], ['1', '2', '3', '4']])
})
