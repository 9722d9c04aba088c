import type { Machine } from '../machine'
import { linesOf } from './run'

const SETS = [['effective', 'CapEff'], ['permitted', 'CapPrm'], ['inheritable', 'CapInh'], ['bounding', 'CapBnd'], ['ambient', 'CapAmb']] as const

/** The five sets of a process, decoded by capsh(1), each sorted. */
export async function capabilitiesOf(machine: Machine, pid: number): Promise<Record<string, string[]>> {
  const status = await machine.run('cat', `/proc/${pid}/status`)
  const masks = SETS.map(([, field]) => new RegExp(`^${field}:\\s*([0-9a-f]+)$`, 'm').exec(status)?.[1] ?? '')
  // `0x00000000a80425fb=cap_chown,cap_dac_override,…`
  const decoded = await linesOf(machine, 'sh', '-c', 'for mask; do capsh --decode="$mask"; done', 'sh', ...masks)
  return Object.fromEntries(SETS.map(([name], at) => [name, (decoded[at]?.split('=')[1] ?? '').split(',').filter(word => word !== '').map(word => word.replace(/^cap_/, '').toUpperCase()).sort()]))
}

/** A whole-number field of `/proc/<pid>/status`. */
export const statusNumber = async (machine: Machine, pid: number, field: string): Promise<number> =>
  Number((await machine.run('awk', `/^${field}:/ {print $2}`, `/proc/${pid}/status`)).trim())
