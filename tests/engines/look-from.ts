import { stat } from 'node:fs/promises'
import { snapshotTaker, type Taker, type Viewpoint } from '../../verify/take'
import { takerAs } from '../../verify/take-as-user'
import { startSshServer } from '../support/ssh-server'
import type { StartedEngine } from './engines.mjs'
import type { VantagePoint } from './vantage-points'

/** `nobody` and `nogroup`. */
const NOBODY = 65534

/** Takes snapshots as whoever stands at that point. */
export async function lookFrom({ as, isElsewhere, step, isOverSsh }: VantagePoint, { address, user }: Pick<StartedEngine, 'address' | 'user'>): Promise<Taker> {
  const viewpoint = { address, isHelperAllowed: step === 'helper', ...isElsewhere ? { procRoot: '/nonexistent' } : {} }
  if (isOverSsh)
    return lookOverSsh(viewpoint)
  if (as === 'root')
    return snapshotTaker(viewpoint)
  if (as === 'group')
    return takerAs({ uid: NOBODY, gid: NOBODY, groups: [(await stat(pathOf(address))).gid] }, viewpoint)
  if (user === null)
    throw new Error(`the engine at ${address} is root's own`)
  return takerAs({ uid: user.uid, gid: user.gid, groups: [user.gid] }, viewpoint)
}

/** With the address of the engine's socket on the other side. */
async function lookOverSsh(viewpoint: Viewpoint & { readonly address: string }): Promise<Taker> {
  const ssh = await startSshServer()
  const { take, end } = snapshotTaker({ ...viewpoint, address: `${ssh.address}${pathOf(viewpoint.address)}`, env: ssh.env })
  return { take, end: () => end().finally(ssh.end) }
}

const pathOf = (address: string): string => address.replace('unix://', '')
