import type { CapabilitySets } from '../../model/security'
import type { Snapshot } from '../../model/snapshot'
import type { IdMapping } from '../../model/users'
import { type Answer, evidenceSays, type Question, type Topic } from '../question'

const kernel = (fact: string, what: string, ask: (security: Snapshot['security']) => Answer): Question =>
  ({ fact: `security.${fact}`, what, ask: ({ security }) => ask(security), whyNot: evidenceSays('security') })

const idMap = (fact: 'uidMap' | 'gidMap', what: string): Question =>
  ({ fact: `users.${fact}`, what, ask: ({ users }) => users[fact] && users[fact].map(rangeWords), whyNot: evidenceSays('users.idMaps') })

const CAPABILITY_SETS: readonly (keyof CapabilitySets)[] = ['effective', 'permitted', 'inheritable', 'bounding', 'ambient']

/** What the kernel enforces on the first process. */
export const rights: Topic = {
  title: 'Rights',
  questions: [
    ...CAPABILITY_SETS.map(set => kernel(`capabilities.${set}`, `${set} capabilities`, ({ capabilities }) => capabilities && capabilities[set])),
    kernel('seccomp', 'seccomp', ({ seccomp }) => seccomp),
    kernel('hasNoNewPrivileges', 'may gain privileges', ({ hasNoNewPrivileges }) => hasNoNewPrivileges === null ? null : hasNoNewPrivileges ? 'no' : 'yes'),
    kernel('lsmLabel', 'AppArmor or SELinux', ({ lsmLabel }) => lsmLabel),
    kernel('maskedPaths', 'masked paths', ({ maskedPaths }) => maskedPaths),
    kernel('readOnlyPaths', 'read-only kernel paths', ({ readOnlyPaths }) => readOnlyPaths),
    idMap('uidMap', 'user ids'),
    idMap('gidMap', 'group ids'),
  ],
}

const rangeWords = ({ inside, onHost, count }: IdMapping): string => `${count} from ${inside}, on the host from ${onHost}`
