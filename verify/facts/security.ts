import type { Ledger } from '../ledger'
import { firstPid, type Look } from '../look'
import { type FoundMount, mountsOf } from '../oracles/mounts'
import { capabilitiesOf, statusNumber } from '../oracles/security'

const SECCOMP_WORDS = ['disabled', 'strict', 'filter'] as const

/** What the kernel enforces, decoded by capsh, and the mounts that cover or protect, by findmnt. */
export async function compareSecurity({ machine, snapshot }: Look, { compare }: Ledger): Promise<void> {
  const { security, evidence } = snapshot
  const hostPid = firstPid(snapshot)
  const unknownBecause = evidence.security.unknownBecause
  const status = { unknownBecause, command: `grep -E "Cap|Seccomp|NoNewPrivs" /proc/${hostPid}/status | capsh --decode` }
  await compare({
    ...status,
    fact: 'security.capabilities',
    seen: security.capabilities && Object.fromEntries(Object.entries(security.capabilities).map(([set, names]) => [set, [...names].sort()])),
    expected: () => capabilitiesOf(machine, hostPid),
  })
  await compare({ ...status, fact: 'security.seccomp', seen: security.seccomp, expected: async () => SECCOMP_WORDS[await statusNumber(machine, hostPid, 'Seccomp')] ?? 'disabled' })
  await compare({ ...status, fact: 'security.hasNoNewPrivileges', seen: security.hasNoNewPrivileges, expected: async () => await statusNumber(machine, hostPid, 'NoNewPrivs') === 1 })
  await compare({
    fact: 'security.lsmLabel',
    seen: security.lsmLabel,
    unknownBecause,
    // With neither AppArmor nor SELinux the kernel refuses to read the label.
    expected: async () => (await machine.run('cat', `/proc/${hostPid}/attr/current`).catch(() => '')).replace(/[\n\0]+$/, '') || 'none',
    command: `cat /proc/${hostPid}/attr/current`,
  })
  await compareMountFacts({ machine, snapshot }, { compare, entries: [] })
}

async function compareMountFacts({ machine, snapshot }: Pick<Look, 'machine' | 'snapshot'>, { compare }: Ledger): Promise<void> {
  const { security, evidence, container } = snapshot
  const hostPid = firstPid(snapshot)
  const mounts = { unknownBecause: evidence.security.unknownBecause, command: `findmnt --task ${hostPid}` }
  const found = async (): Promise<Map<string, FoundMount>> => new Map((await mountsOf(machine, hostPid)).map(mount => [mount.destination, mount]))
  const declared = async (): Promise<string[]> => {
    const format = '{{range .HostConfig.MaskedPaths}}{{println .}}{{end}}'
    return (await machine.docker('inspect', '--format', format, container.id)).split('\n').filter(path => path !== '')
  }
  await compare({ ...mounts, fact: 'security.isRootReadOnly', seen: security.isRootReadOnly, expected: async () => (await found()).get('/')?.options.includes('ro') ?? false })
  // Where the engine declares no list, nothing but the kernel tells what is masked: that is compared as mounts.
  const masked = container.maskedPaths === null ? null : security.maskedPaths
  if (container.maskedPaths !== null) {
    await compare({
      ...mounts,
      fact: 'security.maskedPaths',
      seen: masked && [...masked].sort(),
      expected: async () => {
        const [paths, at] = await Promise.all([declared(), found()])
        return paths.filter(path => at.has(path)).sort()
      },
    })
  }
  await compare({
    ...mounts,
    fact: 'security.readOnlyPaths',
    seen: security.readOnlyPaths && [...security.readOnlyPaths].sort(),
    expected: async () => {
      const covered = container.maskedPaths === null ? security.maskedPaths ?? [] : await declared()
      return [...(await found()).values()].filter(({ destination, options }) => /^\/(?:proc|sys)(?:\/|$)/.test(destination) && options.includes('ro') && !covered.includes(destination)).map(({ destination }) => destination).sort()
    },
  })
}
