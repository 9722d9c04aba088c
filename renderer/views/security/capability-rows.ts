import { DEFAULT_CAPABILITIES, dangerOf } from '../../../shared/analysis/capabilities'
import type { Severity } from '../../../shared/analysis/rule'
import type { CapabilitySets } from '../../../shared/model/security'
import type { Snapshot } from '../../../shared/model/snapshot'
import { CAPABILITIES } from './capability-list'

export const CAPABILITY_SETS = ['effective', 'permitted', 'bounding', 'inheritable', 'ambient'] as const
export type CapabilitySet = (typeof CAPABILITY_SETS)[number]

export interface CapabilityRow {
  name: string
  meaning: string
  isIn: Readonly<Record<CapabilitySet, boolean>>
  /** In any set at all. */
  isHeld: boolean
  /** One of those that the engine gives when nothing is said. */
  isDefault: boolean
  /** How much it reaches beyond the container; null: not by itself. */
  danger: Severity | null
}

/** Every capability that is known by name, in the kernel's order, then those that are only held by number. */
export function capabilityRows(snapshot: Snapshot, sets: CapabilitySets): CapabilityRow[] {
  const known = new Set(CAPABILITIES.map(([name]) => name))
  const held = new Set(CAPABILITY_SETS.flatMap(set => sets[set]))
  const nameless = [...held].filter(name => !known.has(name)).map(name => [name, 'Newer than this list'] as const)
  return [...CAPABILITIES, ...nameless].map(([name, meaning]) => ({
    name,
    meaning,
    isIn: {
      effective: sets.effective.includes(name),
      permitted: sets.permitted.includes(name),
      bounding: sets.bounding.includes(name),
      inheritable: sets.inheritable.includes(name),
      ambient: sets.ambient.includes(name),
    },
    isHeld: held.has(name),
    isDefault: DEFAULT_CAPABILITIES.includes(name),
    danger: dangerOf(snapshot, name),
  }))
}
