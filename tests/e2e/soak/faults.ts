import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import type { PrivateEngine } from '../../../build/testing/private-engine.mjs'
import { dockerWith } from '../../support/docker'

/** What trouble is made with. */
export interface Victims {
  readonly engine: PrivateEngine
  /** Of the web host. */
  readonly hostPid: number
  readonly page: Page
  /** Of an image whose program ends at once when it is asked to. */
  readonly image: string
}

export interface Fault {
  readonly name: string
  /** Makes the trouble and ends it again; what comes of it is looked at afterwards. */
  readonly happen: (victims: Victims) => Promise<void>
}

const FROZEN_MS = 15_000
const ASLEEP_MS = 5000
const STORM_LANES = 4
const STORM_ROUNDS = 12

export const FAULTS: readonly Fault[] = [
  { name: 'the engine is killed and started again', happen: async ({ engine }) => {
    await engine.kill()
    await engine.start()
  } },
  { name: 'the engine answers nobody for a while', happen: async ({ engine }) => {
    engine.send('SIGSTOP')
    await wait(FROZEN_MS)
    engine.send('SIGCONT')
  } },
  { name: 'a storm of containers', happen: async ({ engine: { address }, image }) => {
    const docker = (...args: string[]): Promise<string> => dockerWith({ ...process.env, DOCKER_HOST: address }, ...args)
    await Promise.all(Array.from({ length: STORM_LANES }, async (_, lane) => {
      for (let round = 0; round < STORM_ROUNDS; round += 1) {
        const name = `soak-storm-${lane}-${round}`
        await docker('run', '--detach', '--name', name, '--network=none', image, '/sleep', '0')
        await docker('rm', '--force', name)
      }
    }))
  } },
  { name: 'the page is loaded again', happen: async ({ page }) => {
    await page.reload()
  } },
  { name: 'the computer sleeps, host and engine with it', happen: async ({ engine, hostPid }) => {
    process.kill(hostPid, 'SIGSTOP')
    engine.send('SIGSTOP')
    await wait(ASLEEP_MS)
    engine.send('SIGCONT')
    process.kill(hostPid, 'SIGCONT')
  } },
]
