import type { KnobKind } from '../../../shared/model/knob'

/** The flag as it stands in the list, and what it does in a sentence (docker-run(1)). A flag with a value has a field beside it. */
export const KNOB_WORDS: Readonly<Record<KnobKind, { readonly flag: string, readonly does: string }>> = {
  'pid-host': { flag: '--pid=host', does: 'It sees the host’s processes, and has the same PIDs as they.' },
  'network-host': { flag: '--network=host', does: 'It has the host’s interfaces, addresses and ports.' },
  'privileged': { flag: '--privileged', does: 'It has every capability and all devices, and no filter of system calls.' },
  'cap-drop-all': { flag: '--cap-drop ALL', does: 'It has no capability but those that were added by name.' },
  'read-only': { flag: '--read-only', does: 'It cannot write to its own root, only to what is mounted.' },
  'user': { flag: '--user', does: 'Its first process runs as another user.' },
  'memory': { flag: '--memory', does: 'It may use so much memory, and no more.' },
}
