import { stat } from 'node:fs/promises'
import { snapshotTaker } from '../../verify/take'
import { takerAs, type UsersTaker } from '../../verify/take-as-user'
import type { StartedEngine } from './engines.mjs'
import type { VantagePoint } from './vantage-points'

/** `nobody` and `nogroup`. */
const NOBODY = 65534

/** Takes snapshots as whoever stands at that point. */
export async function lookFrom({ as, isElsewhere }: VantagePoint, { address, user }: Pick<StartedEngine, 'address' | 'user'>): Promise<UsersTaker> {
  const viewpoint = { address, ...isElsewhere ? { procRoot: '/nonexistent' } : {} }
  if (as === 'root')
    return { take: snapshotTaker(viewpoint), end: () => {} }
  if (as === 'group')
    return takerAs({ uid: NOBODY, gid: NOBODY, groups: [(await stat(address.replace('unix://', ''))).gid] }, viewpoint)
  if (user === null)
    throw new Error(`the engine at ${address} is root's own`)
  return takerAs({ uid: user.uid, gid: user.gid, groups: [user.gid] }, viewpoint)
}
