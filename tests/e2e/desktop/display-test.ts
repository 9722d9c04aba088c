import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as base } from '@playwright/test'
import { startSample } from '../../../build/testing/sample-for-tests.mjs'
import { openDisplay } from './xvfb'

interface WorkerFixtures {
  /** The name of an X display for this worker's windows. */
  display: string
  /** The name of the sample container, which runs meanwhile; the engine is left as it was found. */
  sample: string
}

interface TestFixtures {
  /** A folder of this test that every user may enter; removed after it. */
  folder: string
}

/** What a test of the desktop's program needs, from the checkout or packed. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  display: [async ({}, use) => {
    const display = await openDisplay()
    await use(display.name)
    await display.stop()
  }, { scope: 'worker' }],
  sample: [async ({}, use) => {
    const stop = await startSample(process.env)
    await use('nodeapp-container')
    await stop()
  }, { scope: 'worker', timeout: 900_000 }],

  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'isoscope-desktop-'))
    chmodSync(folder, 0o755)
    await use(folder)
    // A program that was just ended may still write into its profile: what it added meanwhile is in the way of a folder, and is found by removing anew.
    await expect(() => rmSync(folder, { recursive: true, force: true })).toPass({ timeout: 10_000 })
  },
})
