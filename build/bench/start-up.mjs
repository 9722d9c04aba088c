import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { treeMemory } from './memory.mjs'
import { evaluateInPage } from './page.mjs'

/** Processes go on allocating for a while after the first picture. */
const SETTLE_MS = 3000

/**
 * @typedef {object} Program
 * @property {string} name
 * @property {string} executable
 * @property {string} address what its page's address begins with
 * @property {string} painted an expression that gives when what counts was painted, in ms since 1970
 *
 * @typedef {object} Measurement
 * @property {number} startMs from the start of the process until that was painted
 * @property {number} memoryBytes all its processes together, three seconds later
 */

/** The first picture with anything in it, as Chromium itself noted it. */
export const FIRST_PICTURE = `new Promise(resolve => new PerformanceObserver(list => {
  const [entry] = list.getEntriesByName('first-contentful-paint')
  if (entry) resolve(performance.timeOrigin + entry.startTime)
}).observe({ type: 'paint', buffered: true }))`

/** The picture after the one in which a row of the list is there: two frames, the second of which follows the first's painting. */
export const FIRST_LIST = `new Promise(resolve => {
  const look = () => document.querySelector('main tbody tr')
    ? requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now())))
    : requestAnimationFrame(look)
  look()
})`

/**
 * Starts a program with a new profile, measures it and ends it.
 * @param {Program} program
 * @param {string} display
 * @returns {Promise<Measurement>}
 */
export async function measureStart({ executable, address, painted }, display) {
  const profile = await mkdtemp(join(tmpdir(), 'isoscope-bench-'))
  const isRoot = process.getuid?.() === 0
  const startedAt = performance.timeOrigin + performance.now()
  const child = spawn(executable, ['--remote-debugging-port=0', `--user-data-dir=${profile}`, ...(isRoot ? ['--no-sandbox'] : [])], {
    env: { ...process.env, DISPLAY: display },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(child, 'exit')
  try {
    const paintedAt = Number(await evaluateInPage(await debuggingHost(child), painted, address))
    await wait(SETTLE_MS)
    return { startMs: paintedAt - startedAt, memoryBytes: treeMemory(child.pid ?? 0) }
  }
  finally {
    child.kill('SIGTERM')
    await ended
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** @param {import('node:child_process').ChildProcessByStdio<null, null, import('node:stream').Readable>} child */
async function debuggingHost(child) {
  for await (const line of createInterface({ input: child.stderr })) {
    const host = /^DevTools listening on ws:\/\/([^/]+)/.exec(line)?.[1]
    if (host) {
      child.stderr.resume()
      return host
    }
  }
  throw new Error('the program ended before it could be looked at')
}
