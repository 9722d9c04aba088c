import type { FactName } from '../model/evidence'
import type { ThisComputerFact } from '../model/this-computer'

/** The facts of the public snapshot in a reader's words. */
export const FACT_WORDS: Readonly<Record<FactName, string>> = {
  'engine': 'the engine',
  'container': 'the container as declared',
  'host': 'the engine host',
  'processes': 'the container’s processes',
  'hostProcesses': 'the host’s processes',
  'processCounts.inside': 'the number of processes inside',
  'processCounts.host': 'the number of processes on the host',
  'files.rootInside': 'the root folder inside',
  'files.rootHost': 'the root folder of the host',
  'files.size': 'the size of the root file system',
  'files.changes': 'what changed since the image',
  'files.mounts': 'the mounts',
  'workingDirectory.inside': 'the working directory inside',
  'workingDirectory.onHost': 'the working directory on the host',
  'network.inside': 'the network inside',
  'network.host': 'the host’s network',
  'network.published': 'the published ports',
  'hostname.inside': 'the host name inside',
  'hostname.host': 'the host’s own name',
  'users.inside': 'the users inside',
  'users.host': 'the users of the host',
  'users.idMaps': 'the user and group id maps',
  'cgroup': 'limits and usage',
  'security': 'what the kernel enforces',
}

/** The facts of the third place, likewise. */
export const OWN_FACT_WORDS: Readonly<Record<ThisComputerFact, string>> = {
  hostname: 'this computer’s name',
  processes: 'this computer’s processes',
  users: 'this computer’s users',
  interfaces: 'this computer’s network interfaces',
  rootNames: 'the root folder of this computer',
}
