import { readdirSync, readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'

/** What a long run must not let grow. */
export interface Usage {
  readonly atMs: number
  /** VmRSS of the host's process (proc_pid_status(5)). */
  readonly hostRssBytes: number
  readonly hostFiles: number
  /** Of the page, after a collection of its garbage. */
  readonly pageHeapBytes: number
}

export async function readUsage(hostPid: number, page: Page): Promise<Usage> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devtools.send('Runtime.getHeapUsage')
  await devtools.detach()
  const rssKib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${hostPid}/status`, 'utf8'))?.[1]
  if (rssKib === undefined)
    throw new Error(`The host's process ${hostPid} is gone.`)
  return {
    atMs: performance.now(),
    hostRssBytes: Number(rssKib) * 1024,
    hostFiles: readdirSync(`/proc/${hostPid}/fd`).length,
    pageHeapBytes: usedSize,
  }
}

const HOUR_MS = 3_600_000

/** By how much a figure grows in an hour: the slope of the line of least squares. */
export function growthPerHour(usages: readonly Usage[], figure: (usage: Usage) => number): number {
  const mean = (of: (usage: Usage) => number): number => usages.reduce((sum, usage) => sum + of(usage), 0) / usages.length
  const [atMs, middle] = [mean(usage => usage.atMs), mean(figure)]
  const spread = mean(usage => (usage.atMs - atMs) ** 2)
  return spread === 0 ? 0 : mean(usage => (usage.atMs - atMs) * (figure(usage) - middle)) / spread * HOUR_MS
}
