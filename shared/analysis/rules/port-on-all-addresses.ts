import { isUp } from '../lifecycle'
import { isPublishedOnAll } from '../published-ports'
import type { Rule } from '../rule'

export const portOnAllAddresses: Rule = {
  id: 'port-on-all-addresses',
  title: 'A port is published on all addresses of the host',
  severity: 'medium',
  reason: 'A bare `-p` opens the port on every address of the host, also towards the internet where it has one. Docker’s own rules come before those of ufw and firewalld.',
  remedy: 'Publish on one address: `-p 127.0.0.1:8080:8080` (compose: `ports: ["127.0.0.1:8080:8080"]`), and let a reverse proxy stand outside.',
  reference: 'Docker documentation, “Port publishing and mapping”; CIS Docker Benchmark',
  check: (snapshot) => {
    const published = [...snapshot.network.published, ...snapshot.container.ports].filter(({ hostPort }) => hostPort !== null)
    const lines = [...new Set(published.map(({ hostAddress, hostPort, containerPort, protocol }) =>
      `Engine: ${hostAddress || 'every address'}:${hostPort ?? ''} of the host leads to ${containerPort}/${protocol}`))]
    if (published.some(isPublishedOnAll))
      return { status: 'fail', evidence: lines }
    const because = isUp(snapshot)
      ? snapshot.evidence['network.published'].unknownBecause
      : 'The container is not known to run; the engine publishes ports only while it does.'
    if (because !== null)
      return { status: 'unknown', because, evidence: lines }
    return { status: 'pass', evidence: lines.length > 0 ? lines : ['Engine: no port is published'] }
  },
}
