import { describe, expect, it } from 'vitest'
import { collectDeclaredModes, joinedWith } from '../../../../engine/collect/joined-namespaces'
import { RawInspect } from '../../../../engine/parse/docker-inspect'
import { engineThatAnswers } from '../../../support/scene'
import { SMALLEST_INSPECT } from '../../../support/smallest-inspect'

const never = new AbortController().signal

describe('which containers are in one namespace, by what all of them declare', () => {
  const modes = new Map([['owner', 'private'], ['one', 'container:owner'], ['two', 'container:one'], ['alone', ''], ['onHost', 'host']])

  it('is the one that was joined, and all others that joined it', () => {
    expect(joinedWith('owner', modes).sort()).toEqual(['one', 'two'])
    expect(joinedWith('one', modes).sort()).toEqual(['owner', 'two'])
  })

  it('is whom it came to by another that had joined', () => {
    expect(joinedWith('two', modes).sort()).toEqual(['one', 'owner'])
  })

  it('is nobody for one that nobody joined', () => {
    expect(joinedWith('alone', modes)).toEqual([])
    expect(joinedWith('onHost', modes)).toEqual([])
  })

  it('is the one that was joined also when that one runs no more', () => {
    expect(joinedWith('one', new Map([['one', 'container:gone'], ['two', 'container:gone']])).sort()).toEqual(['gone', 'two'])
  })

  it('comes to an end with an engine that tells of a circle', () => {
    expect(joinedWith('one', new Map([['one', 'container:two'], ['two', 'container:one']]))).toEqual([])
  })
})

describe('what the containers that run declare', () => {
  const ids = Array.from({ length: 20 }, (_, at) => String(at).padStart(64, '0'))
  const refs = ids.map(id => ({ id, name: `c${Number(id)}` }))
  const inspect = async (id: string): Promise<RawInspect> => RawInspect.parse({ ...SMALLEST_INSPECT, Id: id, HostConfig: { ...SMALLEST_INSPECT.HostConfig, PidMode: `container:${ids[0]}`, IpcMode: 'private' } })

  it('is asked of each, by its id', async () => {
    const declared = await collectDeclaredModes({ ...engineThatAnswers({}), inspect }, refs, never)
    expect([...declared?.pid ?? []].sort()).toEqual(ids.map(id => [id, `container:${ids[0]}`]))
    expect(new Set(declared?.ipc.values())).toEqual(new Set(['private']))
    expect(new Set(declared?.net.values())).toEqual(new Set(['']))
  })

  it('is not known of any when one cannot be asked: that one may have joined', async () => {
    const docker = { ...engineThatAnswers({}), inspect: (id: string) => id === ids[7] ? Promise.reject(new Error('it went away')) : inspect(id) }
    expect(await collectDeclaredModes(docker, refs, never)).toBeNull()
  })

  it('is not waited for after an abort', async () => {
    const aborted = AbortSignal.abort(new Error('nobody waits'))
    await expect(collectDeclaredModes({ ...engineThatAnswers({}), inspect }, refs, aborted)).rejects.toThrow('nobody waits')
  })
})
