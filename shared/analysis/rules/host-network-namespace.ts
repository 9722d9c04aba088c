import { checkHostNamespace } from '../namespaces'
import type { Rule } from '../rule'

export const hostNetworkNamespace: Rule = {
  id: 'host-network-namespace',
  title: 'The container uses the host’s network',
  severity: 'high',
  reason: 'In the host’s network namespace a process reaches services that listen on the loopback address only, and abstract sockets of the host. Every port it opens is a port of the host.',
  remedy: 'Run without `--network=host` (compose: remove `network_mode: host`) and publish the ports that are needed: `-p 127.0.0.1:8080:8080`.',
  reference: 'network_namespaces(7); CIS Docker Benchmark',
  check: snapshot => checkHostNamespace(snapshot, 'net', 'NetworkMode', snapshot.container.modes.network),
}
