import { DEFAULT_CAPABILITIES, plainCapability } from '../../../shared/analysis/capabilities'
import type { Snapshot } from '../../../shared/model/snapshot'
import { countOf } from '../../../shared/text/count-of'
import { CAPABILITIES } from './capability-list'

/** `apart`: the two are not the same question, so they are shown and not compared. */
export type Agreement = 'same' | 'differs' | 'apart' | 'unknown'

/** One control, as it was asked of the engine and as the kernel holds to it. Null in force: not known. */
export interface ControlRow {
  control: string
  declared: string
  inForce: string | null
  agreement: Agreement
  note: string | null
}

/** What was declared beside what is in force for the first process, in the order from the widest control to the narrowest. */
export function controlRows(snapshot: Snapshot): ControlRow[] {
  return [
    privileged(snapshot),
    user(snapshot),
    boundingSet(snapshot),
    ...added(snapshot),
    seccomp(snapshot),
    noNewPrivileges(snapshot),
    lsm(snapshot),
    readOnlyRoot(snapshot),
    paths('Hidden kernel paths', snapshot.container.maskedPaths, snapshot.security.maskedPaths),
    paths('Read-only kernel paths', snapshot.container.readOnlyPaths, snapshot.security.readOnlyPaths),
  ]
}

const row = (control: string, declared: string, inForce: string | null, isSame: boolean, note: string | null = null): ControlRow =>
  ({ control, declared, inForce, agreement: inForce === null ? 'unknown' : isSame ? 'same' : 'differs', note })

const yesOrNo = (value: boolean): string => value ? 'yes' : 'no'

const privileged = ({ container }: Snapshot): ControlRow =>
  ({ control: 'Privileged mode', declared: yesOrNo(container.isPrivileged), inForce: 'no such switch', agreement: 'apart', note: 'It shows in the controls below.' })

function user({ container, users }: Snapshot): ControlRow {
  const { uid, user: name } = users.main
  const declared = container.user.split(':')[0] ?? ''
  const isSame = declared === '' ? uid === 0 : declared === name || declared === String(uid)
  return row('User', container.user === '' ? 'not set, so root' : container.user, uid === null ? null : `${name ?? 'no name'} (UID ${uid})`, isSame)
}

/** What the engine would give: its default, less what was dropped, with what was added (docker run(1), --cap-add). */
function expectedBounding({ container }: Snapshot): string[] {
  const all = CAPABILITIES.map(([name]) => name)
  const dropped = container.capabilitiesDropped.map(plainCapability)
  const addedNames = container.capabilitiesAdded.map(plainCapability)
  const base = addedNames.includes('ALL') ? all : dropped.includes('ALL') ? [] : DEFAULT_CAPABILITIES
  return [...new Set([...base.filter(name => !dropped.includes(name)), ...addedNames.filter(name => name !== 'ALL')])]
}

function boundingSet(snapshot: Snapshot): ControlRow {
  const { container, security } = snapshot
  const bounding = security.capabilities?.bounding ?? null
  const changes = [
    ...container.capabilitiesAdded.length > 0 ? [`added ${container.capabilitiesAdded.map(plainCapability).join(', ')}`] : [],
    ...container.capabilitiesDropped.length > 0 ? [`dropped ${container.capabilitiesDropped.map(plainCapability).join(', ')}`] : [],
  ]
  const declared = container.isPrivileged ? 'all, as privileged' : changes.join('; ') || 'the default of fourteen'
  const control = 'Capabilities within reach'
  if (bounding === null)
    return row(control, declared, null, false)
  const inForce = `${bounding.length} in the bounding set`
  // How many there are in all depends on the kernel, so "all" has no number to compare with.
  if (container.isPrivileged || container.capabilitiesAdded.map(plainCapability).includes('ALL'))
    return { control, declared, inForce, agreement: 'apart', note: null }
  const expected = expectedBounding(snapshot)
  const missing = expected.filter(name => !bounding.includes(name))
  const extra = bounding.filter(name => !expected.includes(name))
  const notes = [
    ...missing.length > 0 ? [`Not held, although Docker would give it: ${missing.join(', ')}.`] : [],
    ...extra.length > 0 ? [`Held, although Docker would not give it: ${extra.join(', ')}.`] : [],
  ]
  return row(control, declared, inForce, notes.length === 0, notes.join(' ') || null)
}

/** A capability that was added and is not effective has no use: the first process is not root. */
function added({ container, security }: Snapshot): ControlRow[] {
  const names = container.capabilitiesAdded.map(plainCapability).filter(name => name !== 'ALL')
  if (names.length === 0 || container.isPrivileged)
    return []
  const effective = security.capabilities?.effective ?? null
  const used = names.filter(name => effective?.includes(name))
  const note = effective !== null && used.length < names.length ? `Added and not effective: ${names.filter(name => !used.includes(name)).join(', ')}.` : null
  return [row('Added capabilities in use', names.join(', '), effective === null ? null : used.join(', ') || 'none', note === null, note)]
}

function seccomp({ container, engine, security }: Snapshot): ControlRow {
  const option = container.securityOptions.find(text => text.startsWith('seccomp'))
  const isUnconfined = option !== undefined && /^seccomp[:=]unconfined$/.test(option)
  const hasDefault = engine.securityOptions.some(text => text.startsWith('name=seccomp'))
  const isFiltered = option === undefined ? hasDefault && !container.isPrivileged : !isUnconfined
  const declared = option === undefined
    ? container.isPrivileged ? 'off, as privileged' : hasDefault ? 'the engine’s default profile' : 'the engine has no profile'
    : isUnconfined ? 'unconfined' : 'a profile of its own'
  return row('System call filter (seccomp)', declared, security.seccomp, isFiltered === (security.seccomp === 'filter'))
}

function noNewPrivileges({ container, security }: Snapshot): ControlRow {
  const option = container.securityOptions.find(text => text.startsWith('no-new-privileges'))
  const isAsked = option !== undefined && !/[:=]false$/.test(option)
  const inForce = security.hasNoNewPrivileges
  const note = inForce === true && option === undefined ? 'The engine itself turns it on, or the program did.' : null
  return row('No new privileges', option ?? 'not set', inForce === null ? null : inForce ? 'on' : 'off', inForce === isAsked, note)
}

function lsm({ container, security }: Snapshot): ControlRow {
  const profile = container.appArmorProfile
  const label = security.lsmLabel
  const declared = profile === '' ? 'no profile' : profile
  // Without a declared profile a label is SELinux's, whose context the engine makes by itself.
  if (label !== null && label !== 'none' && profile === '')
    return { control: 'AppArmor or SELinux', declared, inForce: label, agreement: 'apart', note: null }
  const isSame = profile === '' ? label === 'none' : label === profile || (label?.startsWith(`${profile} `) ?? false)
  return row('AppArmor or SELinux', declared, label === 'none' ? 'no such module is active' : label, isSame)
}

const readOnlyRoot = ({ container, security }: Snapshot): ControlRow =>
  row('Read-only root', yesOrNo(container.isReadOnlyRoot), security.isRootReadOnly === null ? null : yesOrNo(security.isRootReadOnly), security.isRootReadOnly === container.isReadOnlyRoot)

function paths(control: string, declared: readonly string[] | null, inForce: readonly string[] | null): ControlRow {
  const said = declared === null ? 'no list' : countOf(declared.length, 'path')
  if (inForce === null)
    return row(control, said, null, false)
  const uncovered = (declared ?? []).filter(path => !inForce.includes(path))
  const isSome = inForce.length > 0
  const note = uncovered.length > 0 && isSome ? `${countOf(uncovered.length, 'path')} not covered: this kernel may not have ${uncovered.length === 1 ? 'it' : 'them'}.` : null
  const further = inForce.filter(path => !declared?.includes(path)).length
  const found = further > 0 && declared !== null && declared.length > 0 ? `the same and ${countOf(further, 'more', 'more')}` : countOf(inForce.length, 'path')
  if (note !== null)
    return { control, declared: said, inForce: found, agreement: 'apart', note }
  return row(control, said, found, (declared ?? []).length > 0 === isSome)
}
