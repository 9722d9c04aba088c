import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { removeAll, startContainer } from '../support/containers'
import { docker } from '../support/docker'
import { ensureBusyboxImage } from '../support/test-images'
import { isoscope } from './run-isoscope'

const WORD = `isoscope-test-${randomBytes(4).toString('hex')}`
/** The longest tag that there is. */
const LONG = `localhost:5000/${WORD}/b/c:${'t'.repeat(128)}`
const GONE = `localhost:5000/${WORD}/gone`
const MOVED = `${WORD}:moved`
const NORMAL = `docker.io/library/${WORD}:normal`

/** Container → how its image was called when it was started. */
const images = new Map<string, string>()

beforeAll(async () => {
  const image = await ensureBusyboxImage()
  const id = await docker('images', '--quiet', '--no-trunc', image)
  for (const tag of [LONG, GONE, MOVED, NORMAL])
    await docker('tag', image, tag)
  for (const called of [LONG, GONE, MOVED, NORMAL, id, id.replace('sha256:', ''), id.replace('sha256:', '').slice(0, 12), id.replace('sha256:', '').slice(0, 6)]) {
    const { name } = await startContainer({ name: 'image-names', image: called, command: ['sleep', '1000'] })
    images.set(name, called)
  }
  await docker('rmi', GONE)
  // The name goes to another image, one that has no other.
  const [first = ''] = images.keys()
  await docker('commit', first, MOVED)
})
afterAll(async () => {
  await removeAll()
  await docker('rmi', '--force', LONG, MOVED, NORMAL)
})

/** What stands in the column of images, by the container's name. */
function imagesIn(table: string): Map<string, string> {
  const [head = '', ...lines] = table.split('\n')
  const [from, to] = [head.indexOf('IMAGE'), head.indexOf('COMMAND')]
  const own = lines.filter(line => [...images.keys()].some(name => line.endsWith(name)))
  return new Map(own.map(line => [line.split(' ').at(-1) ?? '', line.slice(from, to).trim()]))
}

it('is called in the table as docker ps calls it: whole, by its own id where the name is gone or another\'s, without what everybody leaves out', async () => {
  const mine = imagesIn((await isoscope(['ls'])).stdout)
  expect(mine).toEqual(imagesIn(await docker('ps')))
  expect(mine.size).toBe(images.size)
  expect([...mine.values()]).toContain(LONG)
})

it('is called in JSON as docker ps --no-trunc calls it', async () => {
  const mine: { name: string, image: string }[] = JSON.parse((await isoscope(['ls', '--json'])).stdout)
  const theirs = new Map((await docker('ps', '--no-trunc', '--format', '{{.Names}} {{.Image}}')).split('\n').map(line => [line.split(' ')[0], line.split(' ')[1]]))
  const own = mine.filter(({ name }) => images.has(name))
  expect(own.map(({ name, image }) => [name, image])).toEqual(own.map(({ name }) => [name, theirs.get(name)]))
  expect(own.length).toBe(images.size)
})
