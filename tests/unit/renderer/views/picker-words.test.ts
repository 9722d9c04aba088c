import { expect, it } from 'vitest'
import { ageWords } from '../../../../renderer/views/containers/age-words'
import { portWords } from '../../../../renderer/views/containers/port-words'

it('writes ports as docker ps does', () => {
  expect(portWords([
    { containerPort: 8080, protocol: 'tcp', hostPort: 80, hostAddress: '0.0.0.0' },
    { containerPort: 8080, protocol: 'tcp', hostPort: 80, hostAddress: '::' },
    { containerPort: 53, protocol: 'udp', hostPort: null, hostAddress: null },
  ])).toBe('0.0.0.0:80->8080/tcp, [::]:80->8080/tcp, 53/udp')
})

it('tells the age when the list was read', () => {
  expect(ageWords('2026-11-24T12:00:00Z', '2026-11-24T12:17:25Z')).toBe('17 min 25 s ago')
})

it('tells no age when the clocks disagree, or the list was never read', () => {
  expect(ageWords('2026-11-24T12:00:00Z', '2026-11-24T11:00:00Z')).toBe('')
  expect(ageWords('2026-11-24T12:00:00Z', null)).toBe('')
})
