import type { Topic } from '../question'
import { declared } from './declared'
import { files } from './files'
import { findings } from './findings'
import { limits } from './limits'
import { namespaces } from './namespaces'
import { network } from './network'
import { places } from './places'
import { processes } from './processes'
import { rights } from './rights'

/** Everything that two snapshots are asked, in the order in which it is shown. */
export const TOPICS: readonly Topic[] = [namespaces, processes, files, network, limits, rights, findings, declared, places]
