import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KnownEndpoint } from '../../shared/model/engine'
import { addContext } from '../support/docker-config'
import { type FakeEngine, listed, startFakeEngine } from '../support/fake-engine'
import { tempFolder } from '../support/temp-folder'
import { isoscope } from './run-isoscope'

let one: FakeEngine
let two: FakeEngine
let env: Record<string, string>
beforeAll(async () => {
  one = await startFakeEngine({ '/containers/json': [listed('of-one')] })
  two = await startFakeEngine({ '/containers/json': [listed('of-two')] })
  env = { DOCKER_HOST: one.address, DOCKER_CONFIG: tempFolder(), DOCKER_CONTEXT: '' }
  addContext(env['DOCKER_CONFIG'] ?? '', 'two', { Host: two.address })
  addContext(env['DOCKER_CONFIG'] ?? '', 'a-context-with-a-name-that-is-much-too-long-for-a-table', { Host: `unix://${join(tempFolder(), 'x'.repeat(60))}` })
  addContext(env['DOCKER_CONFIG'] ?? '', 'plain', { Host: 'tcp://192.0.2.1:2375' })
})
afterAll(async () => {
  await one.end()
  await two.end()
})

const names = async (...args: string[]): Promise<string[]> => JSON.parse((await isoscope([...args, 'ls', '--json'], env)).stdout).map(({ name }: { name: string }) => name)

describe('the engine that is named as for docker', () => {
  it('is asked, before or after the command, by address or by context', async () => {
    expect(await names()).toEqual(['of-one'])
    expect(await names('--host', two.address)).toEqual(['of-two'])
    expect(await names('-H', two.address)).toEqual(['of-two'])
    expect(await names('-c', 'two')).toEqual(['of-two'])
    expect(JSON.parse((await isoscope(['ls', '--json', '--context', 'two'], env)).stdout)).toMatchObject([{ name: 'of-two' }])
  })

  it('is not guessed when there is no such context: those that there are, are named', async () => {
    expect(await isoscope(['ls', '--context', 'three'], env)).toEqual({
      code: 1, stdout: '', stderr: 'There is no docker context "three".\n  There are: default, a-context-with-a-name-that-is-much-too-long-for-a-table, plain, two.\n',
    })
  })

  it('is one, not two', async () => {
    const { code, stderr } = await isoscope(['ls', '-H', two.address, '-c', 'two'], env)
    expect([code, stderr]).toEqual([2, expect.stringContaining('cannot be used with')])
  })

  it.each([['--host', ''], ['--context', ' ']])('has a name: %s %j', async (option, value) => {
    expect((await isoscope(['ls', option, value], env)).code).toBe(2)
  })

  it('is not asked over plain TCP on another machine, unless that is said', async () => {
    const { code, stderr } = await isoscope(['ls', '-c', 'plain'], env)
    expect([code, stderr]).toEqual([1, expect.stringContaining('without TLS')])
    expect((await isoscope(['ls', '-c', 'plain', '--allow-plain-tcp'], env)).stderr).toContain('The engine at tcp://192.0.2.1:2375 does not answer')
  })
})

describe('isoscope endpoints', () => {
  it('lists all with how each does, the asked one marked, within 80 columns', async () => {
    const { code, stdout } = await isoscope(['endpoints', '-c', 'two'], env)
    const lines = stdout.trimEnd().split('\n')
    expect(code).toBe(0)
    expect(lines.filter(line => [...line].length > 80)).toEqual([])
    expect(lines[0]).toMatch(/^ {2}ENDPOINT +ADDRESS +STATE$/)
    expect(lines.filter(line => line.startsWith('* '))).toEqual([expect.stringMatching(/^\* context "two" +unix:\S+ +answers, \d+ ms$/), expect.stringMatching(/^\* is asked now\. /)])
    expect(stdout).toMatch(/^ {2}DOCKER_HOST .* answers, \d+ ms\n {4}Docker Engine - Community 27\.0\.0, API 1\.46$/m)
    expect(stdout).toMatch(/no answer\n {4}There is no such socket\.$/m)
  })

  it('prints the same as JSON, and succeeds also when the asked one is away', async () => {
    const { code, stdout } = await isoscope(['endpoints', '--json', '-H', 'unix:///nonexistent.sock'], env)
    const listedOnes = KnownEndpoint.array().parse(JSON.parse(stdout))
    expect(code).toBe(0)
    expect(listedOnes.find(({ isCurrent }) => isCurrent)).toMatchObject({ endpoint: { origin: '--host', address: 'unix:///nonexistent.sock' }, isReachable: false, answeredMs: null })
    expect(listedOnes.filter(({ isReachable }) => isReachable).map(({ endpoint }) => endpoint.address)).toEqual(expect.arrayContaining([one.address, two.address]))
  })
})
