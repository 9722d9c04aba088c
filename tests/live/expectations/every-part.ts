import { expect, it } from 'vitest'
import type { Look } from '../take'
import { expectCgroup } from './cgroup'
import { expectFiles, expectMounts, expectWorkingDirectory } from './files'
import { expectHostProcesses, expectMeasures } from './host-processes'
import { expectInsideProcesses } from './inside-processes'
import { expectHostnames, expectUsers } from './names'
import { expectNamespaces } from './namespaces'
import { expectNetworkInside, expectPublished } from './network'
import { expectSecurity } from './security'

/** For a container that runs in a PID namespace of its own: every part of its snapshot beside its oracle. */
export function itIsWhatTheOraclesSay(look: () => Look): void {
  itIsWhatTheHostSays(look)
  it('lists the processes that ps sees in its PID namespace', () => expectInsideProcesses(look()))
  it('measures its processes as ps does', () => expectMeasures(look()))
}

/** The parts that do not depend on a PID namespace of its own. */
export function itIsWhatTheHostSays(look: () => Look): void {
  it('has the namespaces that readlink and lsns show', () => expectNamespaces(look()))
  it('lists the processes of the host as ps does', () => expectHostProcesses(look()))
  it('counts its files as find does and names its changes as docker diff', () => expectFiles(look()))
  it('lists its mounts as findmnt does', () => expectMounts(look()))
  it('finds its working directory on both sides', () => expectWorkingDirectory(look()))
  it('has the network that ip and ss show', () => expectNetworkInside(look()))
  it('has the published ports of docker port', () => expectPublished(look()))
  it('has the hostnames of uname', () => expectHostnames(look()))
  it('has the accounts and ids that the system has', () => expectUsers(look()))
  it('has the limits and usage of its cgroup files', () => expectCgroup(look()))
  it('has the security facts that the kernel enforces', () => expectSecurity(look()))
  it('has no problem', () => expect(look().snapshot.problems).toEqual([]))
}
