import { expect, it } from 'vitest'
import { formatAge } from '../../../cli/print/age'
import { containerTable } from '../../../cli/print/container-table'
import { formatImage } from '../../../cli/print/image'
import { formatPorts } from '../../../cli/print/ports'
import type { Container, Port } from '../../../shared/model/container'

const port = (containerPort: number, hostPort: number | null = null, hostAddress: string | null = null, protocol = 'tcp'): Port =>
  ({ containerPort, protocol, hostPort, hostAddress })

const container: Container = {
  id: '0123456789abcdef'.repeat(4),
  name: 'web',
  image: 'nginx',
  command: '/docker-entrypoint.sh nginx',
  createdAt: '2026-11-24T12:00:00.000Z',
  state: 'running',
  status: 'Up 3 minutes',
  ports: [port(80, 8080, '0.0.0.0')],
}
const now = new Date('2026-11-24T12:03:30.000Z')

it('has the columns of docker ps', () => {
  expect(containerTable([container], now)).toEqual([
    'CONTAINER ID   IMAGE   COMMAND                  CREATED         STATUS         PORTS                  NAMES',
    '0123456789ab   nginx   "/docker-entrypoint.…"   3 minutes ago   Up 3 minutes   0.0.0.0:8080->80/tcp   web',
  ])
})

it('is only its heads when there is no container', () => {
  expect(containerTable([], now)).toEqual(['CONTAINER ID   IMAGE   COMMAND   CREATED   STATUS   PORTS   NAMES'])
})

it('shows what would move the cursor instead of sending it', () => {
  const [, row] = containerTable([{ ...container, name: 'a\x1b[2Jb', command: 'sh\n\u202Eevil', status: 'Up\r' }], now)
  expect(row).toBe(String.raw`0123456789ab   nginx   "sh\n\u202eevil"   3 minutes ago   Up\r     0.0.0.0:8080->80/tcp   a\x1b[2Jb`)
})

it.each([
  [0, 'Less than a second'], [1, '1 second'], [59, '59 seconds'], [60, 'About a minute'], [119, 'About a minute'], [120, '2 minutes'], [3599, '59 minutes'],
  [3600, 'About an hour'], [5399, 'About an hour'], [5400, '2 hours'], [47 * 3600, '47 hours'], [48 * 3600, '2 days'], [13 * 86_400, '13 days'], [14 * 86_400, '2 weeks'],
  [59 * 86_400, '8 weeks'], [60 * 86_400, '2 months'], [729 * 86_400, '24 months'], [730 * 86_400, '2 years'],
])('%d seconds are: %s', (seconds, words) => {
  expect(formatAge(seconds)).toBe(words)
})

it('writes neighbouring ports as one range, each address for itself', () => {
  expect(formatPorts([port(82, 8082, '::'), port(81, 8081, '0.0.0.0'), port(80, 8080, '0.0.0.0'), port(81, 8081, '::'), port(80, 8080, '::'), port(53, 53, '0.0.0.0', 'udp'), port(90), port(91), port(9000)]))
    .toBe('90-91/tcp, 9000/tcp, 0.0.0.0:8080-8081->80-81/tcp, 0.0.0.0:53->53/udp, [::]:8080-8082->80-82/tcp')
})

it.each([
  [`localhost:5000/a/b/c@sha256:${'a'.repeat(64)}`, 'localhost:5000/a/b/c'],
  [`a/b:1@sha256:${'a'.repeat(64)}`, 'a/b:1'],
  [`sha256:${'b'.repeat(64)}`, 'b'.repeat(12)],
  ['docker.io/library/nginx:1', 'nginx:1'],
  ['docker.io/team/nginx', 'team/nginx'],
  ['<none>:<none>', '<none>:<none>'],
  ['', ''],
])('calls the image %j as docker ps does: %j', (image, words) => {
  expect(formatImage(image)).toBe(words)
})

it('writes no ports as nothing', () => {
  expect(formatPorts([])).toBe('')
})
