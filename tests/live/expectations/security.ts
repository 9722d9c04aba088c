import { expect } from 'vitest'
import { docker } from '../../support/docker'
import { mountsOf } from '../oracles/mounts'
import { run } from '../oracles/run'
import { capabilitiesOf, statusNumber } from '../oracles/security'
import { firstPid, type Look } from '../take'

const SECCOMP_WORDS = ['disabled', 'strict', 'filter']

/** What the kernel enforces, decoded by capsh, and the mounts that cover or protect, by findmnt. */
export async function expectSecurity({ snapshot }: Look): Promise<void> {
  const hostPid = firstPid(snapshot)
  const { capabilities, seccomp, hasNoNewPrivileges, lsmLabel, isRootReadOnly, maskedPaths, readOnlyPaths } = snapshot.security
  const mounts = new Map((await mountsOf(hostPid)).map(mount => [mount.destination, mount]))
  const declared = (await docker('inspect', '--format', '{{range .HostConfig.MaskedPaths}}{{println .}}{{end}}', snapshot.container.id)).split('\n').filter(path => path !== '')
  // With neither AppArmor nor SELinux the kernel refuses to read the label.
  const label = await run('cat', `/proc/${hostPid}/attr/current`).then(text => text.trim(), () => 'none')
  expect({
    capabilities: capabilities && Object.fromEntries(Object.entries(capabilities).map(([set, names]) => [set, [...names].sort()])),
    seccomp,
    hasNoNewPrivileges,
    lsmLabel,
    isRootReadOnly,
    maskedPaths: maskedPaths && [...maskedPaths].sort(),
    readOnlyPaths: readOnlyPaths && [...readOnlyPaths].sort(),
  }).toEqual({
    capabilities: await capabilitiesOf(hostPid),
    seccomp: SECCOMP_WORDS[await statusNumber(hostPid, 'Seccomp')],
    hasNoNewPrivileges: await statusNumber(hostPid, 'NoNewPrivs') === 1,
    lsmLabel: label === '' ? 'none' : label,
    isRootReadOnly: mounts.get('/')?.options.includes('ro'),
    maskedPaths: declared.filter(path => mounts.has(path)).sort(),
    readOnlyPaths: [...mounts.values()].filter(({ destination, options }) => /^\/(?:proc|sys)(?:\/|$)/.test(destination) && options.includes('ro') && !declared.includes(destination)).map(({ destination }) => destination).sort(),
  })
}
