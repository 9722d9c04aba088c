import { expect, it } from 'vitest'
import { compareCgroup } from '../../../verify/facts/cgroup'
import { compareFiles, compareMounts, compareWorkingDirectory } from '../../../verify/facts/files'
import { compareHostProcesses, compareMeasures } from '../../../verify/facts/host-processes'
import { compareInsideProcesses } from '../../../verify/facts/inside-processes'
import { compareHostnames, compareUsers } from '../../../verify/facts/names'
import { compareNamespaces } from '../../../verify/facts/namespaces'
import { compareNetwork } from '../../../verify/facts/network'
import { compareSecurity } from '../../../verify/facts/security'
import type { Look } from '../../../verify/look'
import { expectSame } from './expect-same'

/** For a container that runs in a PID namespace of its own: every part of its snapshot beside its oracle. */
export function itIsWhatTheOraclesSay(look: () => Look): void {
  itIsWhatTheHostSays(look)
  it('lists the processes that ps sees in its PID namespace', () => expectSame(look(), compareInsideProcesses))
  it('measures its processes as ps does', () => expectSame(look(), compareMeasures))
}

/** The parts that do not depend on a PID namespace of its own. */
export function itIsWhatTheHostSays(look: () => Look): void {
  it('has the namespaces that readlink and lsns show', () => expectSame(look(), compareNamespaces))
  it('lists the processes of the host as ps does', () => expectSame(look(), compareHostProcesses))
  it('counts its files as find does and names its changes as docker diff', () => expectSame(look(), compareFiles))
  it('lists its mounts as findmnt does', () => expectSame(look(), compareMounts))
  it('finds its working directory on both sides', () => expectSame(look(), compareWorkingDirectory))
  it('has the network that ip and ss show, and the published ports of docker port', () => expectSame(look(), compareNetwork))
  it('has the hostnames of uname', () => expectSame(look(), compareHostnames))
  it('has the accounts and ids that the system has', () => expectSame(look(), compareUsers))
  it('has the limits and usage of its cgroup files', () => expectSame(look(), compareCgroup))
  it('has the security facts that the kernel enforces', () => expectSame(look(), compareSecurity))
  it('has no problem', () => expect(look().snapshot.problems).toEqual([]))
}
