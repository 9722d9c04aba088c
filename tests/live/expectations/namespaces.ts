import { expect } from 'vitest'
import { NAMESPACE_TYPES } from '../../../shared/model/namespace'
import { hostNamespaces, namespacesByLsns, namespacesByReadlink } from '../oracles/namespaces'
import { firstPid, type Look } from '../take'
import { stableMembers } from './stable'

/** All eight, with verdicts and with whom they are shared, as readlink, lsns, ps and docker top say together. */
export async function expectNamespaces({ snapshot, before, after }: Look): Promise<void> {
  const container = await namespacesByReadlink(firstPid(snapshot))
  expect(await namespacesByLsns(firstPid(snapshot))).toEqual(container)
  const host = await hostNamespaces()
  const others = stableMembers(before, after).filter(({ id }) => id !== snapshot.container.id)
  const expected = NAMESPACE_TYPES.map((type) => {
    const sharedWith = others.filter(({ pids }) => [...pids].some(pid => after.processes.get(pid)?.namespaces[type] === container[type])).map(({ name }) => name).sort()
    const isHost = container[type] === host[type]
    return { type, container: container[type], host: host[type], verdict: isHost ? 'host' : sharedWith.length > 0 ? 'shared' : 'private', sharedWith }
  })
  const isStable = new Set(others.map(({ id }) => id))
  const seen = snapshot.namespaces.map(({ type, container: own, host: hosts, verdict, sharedWith }) =>
    ({ type, container: own, host: hosts, verdict, sharedWith: sharedWith.filter(({ id }) => isStable.has(id)).map(({ name }) => name).sort() }))
  expect(seen).toEqual(expected)
}
