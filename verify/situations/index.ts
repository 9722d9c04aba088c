import { NAMESPACE_SITUATIONS } from './namespaces'
import { PROCESS_SITUATIONS } from './processes'
import { RIGHTS_SITUATIONS } from './rights'
import type { Situation } from './situation'
import { SURROUNDING_SITUATIONS } from './surroundings'

/** One of each kind of container that the engine's own commands can make. */
export const SITUATIONS: readonly Situation[] = [...PROCESS_SITUATIONS, ...NAMESPACE_SITUATIONS, ...RIGHTS_SITUATIONS, ...SURROUNDING_SITUATIONS]
