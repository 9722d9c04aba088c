import type { Evidence } from '../model/evidence'

/**
 * Who told a fact of the kernel, as the first word of a line of evidence: the kernel itself, or the engine with what the `ps` of its
 * machine printed (`docker top`), which is neither read by us nor merely declared.
 */
export const tellerOf = ({ source }: Evidence): 'Kernel' | 'Engine’s ps' => (source === 'engine-api' ? 'Engine’s ps' : 'Kernel')
