import { z } from 'zod'
import type { Machine } from '../machine'
import type { Need } from './situation'

const Version = z.object({ Components: z.array(z.object({ Name: z.string() })).nullish() })

const ALWAYS: readonly Need[] = ['capabilities', 'machine', 'binds-of-host', 'volumes', 'shared-ipc', 'restart']

/** What an engine can make, by what it says of itself. */
export async function abilitiesOf(machine: Machine): Promise<ReadonlySet<Need>> {
  const { Components } = Version.parse(JSON.parse(await machine.docker('version', '--format', '{{json .Server}}')))
  const isPodman = Components?.some(({ Name }) => Name.includes('Podman')) ?? false
  const security = await machine.docker('info', '--format', '{{json .SecurityOptions}}')
  const driver = await machine.docker('info', '--format', '{{.Driver}}')
  const isRootless = security.includes('name=rootless') || driver === 'vfs'
  const isRemapped = security.includes('name=userns')
  const isRootful = !isRootless && !isPodman
  const canBridge = isRootful
  return new Set<Need>([
    ...ALWAYS,
    ...canBridge ? ['bridge' as const] : [],
    ...isRootless ? [] : ['limits' as const, 'pause' as const],
    ...isRootless || isRemapped ? [] : ['host-pid' as const, 'host-ipc' as const, 'devices' as const, 'domain-name' as const],
    ...isRemapped ? [] : ['host-network' as const],
    ...isRemapped ? ['userns-host' as const] : [],
    ...isRootful && !isRemapped ? ['host-cgroup' as const] : [],
  ])
}
