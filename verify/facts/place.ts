import { isThisComputersKernel } from '../../shared/model/host'
import type { Ledger } from '../ledger'
import type { Look } from '../look'
import { runHere } from '../machine'

/** random(4): made anew with each boot of a kernel. */
const BOOT_ID = '/proc/sys/kernel/random/boot_id'

/** Whether the containers run on this computer's kernel, as the boot ids of both say; if not, this computer is the third place. */
export async function comparePlace({ machine, snapshot: { host, thisComputer } }: Look, { compare }: Ledger): Promise<void> {
  const isHere = isThisComputersKernel(host.where)
  // Where the kernels have one version and nothing else tells, it says that nothing was proved.
  const isProved = isHere || host.kernelVersion !== (await runHere('uname', '-r')).trim() || host.where !== 'engine-machine'
  await compare({
    fact: 'host.isThisComputer',
    seen: isProved ? isHere : null,
    unknownBecause: host.proof,
    expected: async () => await machine.run('cat', BOOT_ID) === await runHere('cat', BOOT_ID),
    command: `cat ${BOOT_ID}, on both machines`,
  })
  if (isHere)
    return
  await compare({
    fact: 'thisComputer.names',
    seen: thisComputer && [thisComputer.hostname, thisComputer.kernelVersion],
    unknownBecause: null,
    expected: async () => (await runHere('uname', '-nr')).trim().split(' '),
    command: 'uname -nr',
  })
}
