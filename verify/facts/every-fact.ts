import type { Ledger } from '../ledger'
import type { Look } from '../look'
import { compareCgroup } from './cgroup'
import { compareDeclared } from './declared'
import { compareFiles, compareMounts, compareWorkingDirectory } from './files'
import { compareHostProcesses, compareMeasures } from './host-processes'
import { compareInsideProcesses } from './inside-processes'
import { compareHostnames, compareUsers } from './names'
import { compareNamespaces } from './namespaces'
import { compareNetwork } from './network'
import { comparePlace } from './place'
import { compareSecurity } from './security'

type Compare = (look: Look, ledger: Ledger) => Promise<void>

const OF_EVERY_CONTAINER: readonly Compare[] = [compareDeclared, comparePlace, compareHostProcesses, compareFiles]

const OF_RUNNING_ONES: readonly Compare[] = [
  compareNamespaces, compareInsideProcesses, compareMeasures, compareMounts, compareWorkingDirectory, compareNetwork, compareHostnames, compareUsers, compareCgroup, compareSecurity,
]

/** Every fact of one snapshot beside its oracle. */
export async function compareEverything(look: Look, ledger: Ledger): Promise<void> {
  for (const compare of [...OF_EVERY_CONTAINER, ...look.snapshot.container.hostPid === null ? [] : OF_RUNNING_ONES])
    await compare(look, ledger)
}
