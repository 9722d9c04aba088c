import { checkHostNamespace } from '../namespaces'
import type { Rule } from '../rule'

export const hostMountNamespace: Rule = {
  id: 'host-mount-namespace',
  title: 'The container uses the host’s mounts',
  severity: 'critical',
  reason: 'In the host’s mount namespace every file of the host is there, and there is no container in any useful sense. No option of an engine does that.',
  remedy: 'Find out who made the process enter the namespace (`nsenter`, or a changed runtime), and run the container anew from its image.',
  reference: 'mount_namespaces(7); NIST SP 800-190',
  check: snapshot => checkHostNamespace(snapshot, 'mnt', null, ''),
}
