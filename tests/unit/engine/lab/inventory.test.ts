import { expect, it } from 'vitest'
import { compareInventories, type Inventory } from '../../../../engine/lab/inventory'

const inventory = (containers: Record<string, string>): Inventory =>
  ({ containers: new Map(Object.entries(containers)), images: new Map([['i', 'busybox:latest']]), volumes: new Map(), networks: new Map([['bridge', 'bridge']]) })

it('what came and what went is told by name, though the numbers be the same', () => {
  expect(compareInventories(inventory({ a: 'web', b: 'db' }), inventory({ b: 'db', c: 'web' }))).toEqual([
    { kind: 'containers', before: 2, after: 2, came: ['web'], gone: ['web'] },
    { kind: 'images', before: 1, after: 1, came: [], gone: [] },
    { kind: 'volumes', before: 0, after: 0, came: [], gone: [] },
    { kind: 'networks', before: 1, after: 1, came: [], gone: [] },
  ])
})
