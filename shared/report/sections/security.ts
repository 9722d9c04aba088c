import type { Snapshot } from '../../model/snapshot'
import { type Section, joinedOrUnknown, orUnknown, UNKNOWN } from '../document'
import type { Notes } from '../notes'
import { sourcesOf } from '../sources'

const list = (items: readonly string[] | null | undefined, none = 'none'): string =>
  (items ? items.join(', ') || none : UNKNOWN)

const yesOrNo = (value: boolean | null): string => (value === null ? UNKNOWN : value ? 'yes' : 'no')

const devices = (found: Snapshot['container']['devices']): string =>
  list(found.map(({ onHost, inside, permissions }) => `${onHost} at ${inside} (${permissions})`))

/** Control by control: what was asked of the engine beside what the kernel enforces on the first process. */
export function securitySection(snapshot: Snapshot, notes: Notes): Section {
  const { container, security, users: { main } } = snapshot
  const { capabilities } = security
  const option = (name: string): string => list(container.securityOptions.filter(text => text.startsWith(name)), 'the engine’s default')
  return {
    title: 'Security',
    blocks: [
      {
        kind: 'table',
        caption: 'Declared and in force',
        columns: [{ head: 'Control', width: 22 }, { head: 'Declared to the engine', width: 37 }, { head: 'In force in the kernel' }],
        rows: [
          ['Privileged', yesOrNo(container.isPrivileged), '–'],
          ['User', container.user === '' ? 'not set (root)' : container.user, joinedOrUnknown([[main.uid, `uid ${orUnknown(main.uid)} inside`], [main.hostUid, `uid ${orUnknown(main.hostUid)} on the host`]], ', ')],
          ['Effective capabilities', `added: ${list(container.capabilitiesAdded)}; dropped: ${list(container.capabilitiesDropped)}`, list(capabilities?.effective)],
          ['Capabilities that could be regained (bounding)', '–', list(capabilities?.bounding)],
          ['Inheritable and ambient', '–', joinedOrUnknown([[capabilities?.inheritable, `inheritable: ${list(capabilities?.inheritable)}`], [capabilities?.ambient, `ambient: ${list(capabilities?.ambient)}`]])],
          ['Seccomp', option('seccomp'), orUnknown(security.seccomp)],
          ['No new privileges', option('no-new-privileges'), yesOrNo(security.hasNoNewPrivileges)],
          ['AppArmor or SELinux', container.appArmorProfile || 'not set', orUnknown(security.lsmLabel)],
          ['Read-only root', yesOrNo(container.isReadOnlyRoot), yesOrNo(security.isRootReadOnly)],
          ['Hidden kernel paths', list(container.maskedPaths), list(security.maskedPaths)],
          ['Read-only kernel paths', list(container.readOnlyPaths), list(security.readOnlyPaths)],
          ['Sockets of the host', '–', list(security.mountedSockets.map(({ hostPath, destination }) => `${hostPath} at ${destination}`))],
          ['Devices', devices(container.devices), devices(security.devices)],
          ['Environment (names only)', list(container.environment.map(({ name }) => name)), '–'],
          ['Restart policy', container.restartPolicy || 'no', '–'],
        ],
      },
      sourcesOf(snapshot, notes, ['container', 'security']),
    ],
  }
}
