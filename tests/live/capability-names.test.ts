import { expect, it } from 'vitest'
import { capabilityNames } from '../../engine/parse/capability-names'
import { linesOf } from '../../verify/oracles/run'
import { here } from './take'

it('names every capability of this kernel as capsh does', async () => {
  const last = Number(await here.run('cat', '/proc/sys/kernel/cap_last_cap'))
  const masks = Array.from({ length: last + 1 }, (_, bit) => (1n << BigInt(bit)).toString(16))
  // `0x0000000000000001=cap_chown`
  const decoded = await linesOf(here, 'sh', '-c', 'for mask; do capsh --decode="$mask"; done', 'sh', ...masks)
  expect(masks.map(mask => capabilityNames(BigInt(`0x${mask}`))))
    .toEqual(decoded.map(line => [line.split('=')[1]?.replace(/^cap_/, '').toUpperCase()]))
})
