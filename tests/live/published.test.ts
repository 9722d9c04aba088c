import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { removeAll } from '../support/containers'
import { docker } from '../support/docker'
import { itIsWhatTheOraclesSay } from './expectations/every-part'
import { start } from './start'
import { type Look } from '../../verify/look'
import { lookAt } from './take'

/** One socket that waits for anyone's packets, and one that talks to a single other: only the first listens. */
const UDP = `
  const { createSocket } = require('node:dgram')
  const talking = createSocket('udp4').connect(9, '127.0.0.1')
  createSocket('udp4').bind(9, () => console.log('bound'))`

let look: Look
let guest: ChildProcess
beforeAll(async () => {
  const { id } = await start({
    name: 'published',
    flags: ['--publish=127.0.0.1::8080', '--publish=127.0.0.1::9/udp', '--expose=7000', '--hostname=host.name.of-its.own'],
    command: ['sh', '-c', 'httpd -p 127.0.0.1:9090; exec httpd -f -p 8080'],
    processes: 2,
  })
  // busybox has no UDP server: a process of the host goes into the container's network namespace.
  const hostPid = await docker('inspect', '--format', '{{.State.Pid}}', id)
  guest = spawn('nsenter', [`--target=${hostPid}`, '--net', '--', process.execPath, '--eval', UDP], { stdio: ['ignore', 'pipe', 'inherit'] })
  if (guest.stdout)
    await once(guest.stdout, 'data')
  look = await lookAt(id)
})
afterAll(async () => {
  guest.kill()
  await removeAll()
})

itIsWhatTheOraclesSay(() => look)

it('tells published ports from one that is only exposed', () => {
  const { container, network } = look.snapshot
  expect(container.ports.filter(({ hostPort }) => hostPort === null)).toEqual([{ containerPort: 7000, protocol: 'tcp', hostPort: null, hostAddress: null }])
  expect(network.published.map(({ containerPort, protocol, hostAddress }) => ({ containerPort, protocol, hostAddress })).sort((a, b) => a.containerPort - b.containerPort)).toEqual([
    { containerPort: 9, protocol: 'udp', hostAddress: '127.0.0.1' },
    { containerPort: 8080, protocol: 'tcp', hostAddress: '127.0.0.1' },
  ])
})

it('lists who listens inside, a process of the host among them', () => {
  expect(look.snapshot.network.inside?.listening.map(({ protocol, address, port, command }) => ({ protocol, address, port, command }))).toEqual([
    { protocol: 'tcp', address: '127.0.0.1', port: 9090, command: 'httpd' },
    { protocol: 'tcp6', address: '::', port: 8080, command: 'httpd' },
    { protocol: 'udp', address: '0.0.0.0', port: 9, command: 'node' },
  ])
})

it('answers on the published port', async () => {
  const port = look.snapshot.network.published.find(({ protocol }) => protocol === 'tcp')?.hostPort
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404)
})
