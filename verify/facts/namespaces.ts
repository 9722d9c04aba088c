import { NAMESPACE_TYPES } from '../../shared/model/namespace-type'
import type { Ledger } from '../ledger'
import { firstPid, type Look, stableMembers } from '../look'
import { hostNamespaces, namespacesByLsns, namespacesByReadlink } from '../oracles/namespaces'

/** All eight, with verdicts and with whom they are shared, as readlink, lsns, ps and docker top say together. */
export async function compareNamespaces(look: Look, { compare }: Ledger): Promise<void> {
  const { machine, snapshot, after } = look
  const hostPid = firstPid(snapshot)
  const once = <T>(ask: () => Promise<T>): () => Promise<T> => {
    let answer: Promise<T> | undefined
    return () => answer ??= ask()
  }
  const container = once(async () => {
    // lsns gives up when any process of the machine has a name with a bracket or a new line in it.
    const [byReadlink, byLsns] = await Promise.all([namespacesByReadlink(machine, hostPid), namespacesByLsns(machine, hostPid).catch(() => null)])
    if (byLsns !== null && NAMESPACE_TYPES.some(type => byReadlink[type] !== byLsns[type]))
      throw new Error('readlink and lsns do not agree')
    return byReadlink
  })
  const host = once(() => hostNamespaces(machine))
  const others = stableMembers(look).filter(({ id }) => id !== snapshot.container.id)
  const isStable = new Set(others.map(({ id }) => id))
  for (const type of NAMESPACE_TYPES) {
    const seen = snapshot.namespaces.find(namespace => namespace.type === type)
    const because = seen?.source.unknownBecause ?? null
    const command = `readlink /proc/${hostPid}/ns/${type}`
    const sharers = async (): Promise<string[]> => {
      const inode = (await container())[type]
      return others.filter(({ pids }) => [...pids].some(pid => after.processes.get(pid)?.namespaces[type] === inode)).map(({ name }) => name).sort()
    }
    await compare({ fact: `namespaces.${type}.container`, seen: seen?.container ?? null, unknownBecause: because, expected: async () => (await container())[type], command })
    await compare({ fact: `namespaces.${type}.host`, seen: seen?.host ?? null, unknownBecause: seen?.hostSource.unknownBecause ?? null, expected: async () => (await host())[type], command: `readlink /proc/1/ns/${type}` })
    const untold = /but whether (\S+) is in it too could not be read$/.exec(because ?? '')?.[1]
    // A container that is between two of its starts.
    const isMoving = untold !== undefined && !others.some(({ name }) => name === untold)
    const verdict = seen === undefined || seen.verdict === 'unknown' ? null : seen.verdict
    await compare({
      fact: `namespaces.${type}.verdict`,
      seen: verdict,
      unknownBecause: because,
      isMoving,
      expected: async () => (await container())[type] === (await host())[type] ? 'host' : (await sharers()).length > 0 ? 'shared' : 'private',
      command: `${command} /proc/1/ns/${type}; lsns --type ${type}`,
    })
    await compare({
      fact: `namespaces.${type}.sharedWith`,
      // What is unknown has no list, and of who else is in the host's the engine tells nothing. Else an empty one says that there is nobody.
      seen: seen === undefined || (seen.sharedWith.length === 0 && (verdict === null || (verdict === 'host' && seen.source.source === 'engine-api'))) ? null : seen.sharedWith.filter(({ id }) => isStable.has(id)).map(({ name }) => name).sort(),
      unknownBecause: because ?? (seen?.source.source === 'engine-api' ? seen.source.detail : null),
      isMoving,
      expected: sharers,
      command: `lsns --type ${type}; docker top`,
    })
  }
}
