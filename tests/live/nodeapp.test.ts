import { beforeAll, expect, it } from 'vitest'
import { docker } from '../support/docker'
import { ensureNodeapp } from '../support/nodeapp'
import { itIsWhatTheOraclesSay } from './expectations/every-part'
import { rowsInside } from '../../verify/facts/inside-processes'
import { insideProcessesByExec } from '../../verify/oracles/inside-processes'
import { interfacesOf } from '../../verify/oracles/network'
import { type Look } from '../../verify/look'
import { here, lookAt } from './take'

let look: Look
beforeAll(async () => {
  look = await lookAt(await ensureNodeapp())
})

itIsWhatTheOraclesSay(() => look)

it('lists the processes that a person sees with docker exec', async () => {
  expect(rowsInside(look.snapshot.processes)).toEqual(await insideProcessesByExec(here, 'nodeapp-container'))
})

it('gives hostname, working directory and names in / as a person sees them with docker exec', async () => {
  const exec = (...command: string[]): Promise<string> => docker('exec', 'nodeapp-container', ...command)
  const { hostname, workingDirectory, files } = look.snapshot
  expect({ hostname: hostname.inside, directory: workingDirectory.inside, names: files.rootInside?.map(({ name }) => name).sort() })
    .toEqual({ hostname: await exec('hostname'), directory: await exec('pwd'), names: (await exec('ls', '-A', '/')).split('\n').sort() })
})

it('is plugged into a bridge of the host', async () => {
  const [eth0] = (await interfacesOf(here, look.snapshot.container.hostPid)).filter(({ name }) => name === 'eth0')
  expect(eth0?.hostBridge).toBeTruthy()
  expect(look.snapshot.network.inside?.interfaces.find(({ name }) => name === 'eth0')?.hostPeer).toBe(eth0?.hostPeer)
})

it('is proved to run on this computer', () => {
  expect(look.snapshot.host.where).toBe('this-computer')
})
