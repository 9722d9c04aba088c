import { expect, it } from 'vitest'
import { Snapshot } from '../../../shared/model/snapshot'
import { buildReport } from '../../../shared/report/report'
import { redact } from '../../../shared/report/redact'
import { nodeappSnapshot } from './nodeapp-snapshot'

it('still opens a recording of before there were three places, the ladder and runtimes', () => {
  const old = nodeappSnapshot()
  Reflect.deleteProperty(old, 'thisComputer')
  Reflect.deleteProperty(old.engine, 'runtimes')
  Reflect.deleteProperty(old.host, 'engineUser')
  const opened = Snapshot.parse(JSON.parse(JSON.stringify(old)))
  expect([opened.thisComputer, opened.host.engineUser, opened.engine.runtimes]).toEqual([null, null, []])
  expect(buildReport(redact(opened)).sections.map(({ title }) => title)).not.toContain('This computer')
})

it('takes no interface of a recording of before the two were told apart for one without an other end', () => {
  const old = nodeappSnapshot()
  const interfaces = old.network.inside?.interfaces ?? []
  interfaces.forEach(each => Reflect.deleteProperty(each, 'hostPeerUnknownBecause'))
  const opened = Snapshot.parse(JSON.parse(JSON.stringify(old)))
  expect(opened.network.inside?.interfaces.map(({ name, hostPeer, hostPeerUnknownBecause }) => [name, hostPeer, hostPeer === null && hostPeerUnknownBecause !== null]))
    .toEqual([['lo', null, true], ['eth0', 'veth4c1a9be', false]])
})
