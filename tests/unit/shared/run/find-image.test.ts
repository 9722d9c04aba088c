import { expect, it } from 'vitest'
import type { Image } from '../../../../shared/model/image'
import { findImage } from '../../../../shared/run/find-image'

const image = (letter: string, tags: string[]): Image => ({ id: `sha256:${letter.repeat(64)}`, tags, sizeBytes: 1, createdAt: '2026-01-01T00:00:00Z', config: null })
const images = [image('a', ['nginx:latest', 'nginx:1.27']), image('b', ['registry.example:5000/team/app:2']), image('c', []), image('d', ['cccc:latest'])]
const found = (reference: string): string | undefined => findImage(images, reference)?.id.slice(7, 8)

it.each([
  ['nginx', 'a'], ['nginx:1.27', 'a'], ['docker.io/library/nginx', 'a'], ['library/nginx:latest', 'a'], ['nginx:1.28', undefined],
  // A port is no tag.
  ['registry.example:5000/team/app:2', 'b'], ['registry.example:5000/team/app', undefined], ['app:2', undefined],
  // A name goes before an id.
  ['ccccc', 'c'], [`sha256:${'c'.repeat(64)}`, 'c'], ['sha256:cccc', 'c'], ['cccc', 'd'], ['eeee', undefined], ['aaa', undefined],
])('%s is the image %s', (reference, id) => {
  expect(found(reference)).toBe(id)
})
