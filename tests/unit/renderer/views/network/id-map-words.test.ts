import { expect, it } from 'vitest'
import { idMapWords } from '../../../../../renderer/views/network/id-map-words'

it('says that nothing is mapped where the map is the kernel\'s own', () => {
  expect(idMapWords([{ inside: 0, onHost: 0, count: 4_294_967_295 }], 'user')).toEqual(['Every user ID is the same on both sides: 0 inside is 0 on the host.'])
})

it('says each range with both of its ends', () => {
  expect(idMapWords([{ inside: 0, onHost: 1001, count: 1 }, { inside: 1, onHost: 100_000, count: 65_536 }], 'group')).toEqual([
    'Group ID 0 inside is 1001 on the host.',
    'Group IDs 1 to 65536 inside are 100000 to 165535 on the host.',
  ])
})

it('does not take an empty map for none', () => {
  expect(idMapWords([], 'user')).toEqual(['No user ID inside stands for one on the host.'])
})
