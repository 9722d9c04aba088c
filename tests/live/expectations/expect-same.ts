import { expect } from 'vitest'
import { openLedger, type Ledger } from '../../../verify/ledger'
import type { Look } from '../../../verify/look'

/** That every fact of a part is known, and is what the oracle says. */
export async function expectSame(look: Look, compare: (look: Look, ledger: Ledger) => Promise<void>): Promise<void> {
  const ledger = openLedger(look.snapshot.container.name, () => 'known')
  await compare(look, ledger)
  expect(ledger.entries.filter(({ outcome }) => outcome !== 'same')).toEqual([])
  expect(ledger.entries).not.toEqual([])
}
