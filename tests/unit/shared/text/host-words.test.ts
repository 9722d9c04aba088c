import { expect, it } from 'vitest'
import { HostPlace } from '../../../../shared/model/host'
import { hostWords } from '../../../../shared/text/host-words'

it('says of every place but an ordinary engine of this computer what one must know first', () => {
  expect(Object.fromEntries(HostPlace.options.map(where => [where, hostWords({ where, engineUser: where === 'rootless' ? 'alice' : null }).notice]))).toEqual({
    'this-computer': null,
    'rootless': 'The host is this computer, with a rootless engine of user alice.',
    'nested': 'The host is this computer, with an engine that runs in a container.',
    'virtual-machine': 'The host is the engine’s virtual machine, not this computer.',
    'remote': 'The host is the remote machine, not this computer.',
    'engine-machine': 'The host is the engine’s machine.',
  })
})

it('names the column by the place, and shows every character of a user\'s name', () => {
  expect(hostWords({ where: 'virtual-machine', engineUser: null })).toMatchObject({ heading: 'Host · virtual machine', noun: 'the engine’s virtual machine' })
  expect(hostWords({ where: 'rootless', engineUser: 'a\u202Eb' }).noun).toBe(String.raw`this computer, with a rootless engine of user a\u202eb`)
})
