import { expect, it } from 'vitest'
import { createExportNotice } from '../../../electron/export-notice'

/** Runs one export that takes so long, and gives what was notified. */
async function notified(tookMs: number, isFocused: boolean, exporting: Promise<string>): Promise<string[]> {
  const told: string[] = []
  const times = [1_000, 1_000 + tookMs]
  const noticed = createExportNotice({ nowMs: () => times.shift() ?? 0, isFocused: () => isFocused, notify: (title, body) => told.push(`${title}: ${body}`) })
  await noticed('/home/me/report.pdf', exporting).catch(() => {})
  return told
}

it.each([
  ['tells of a long export while the person is elsewhere', 5_001, false, ['The report is saved: /home/me/report.pdf']],
  ['is silent while the window is in use', 60_000, true, []],
  ['is silent about a short one', 5_000, false, []],
])('%s', async (_what, tookMs, isFocused, expected) => {
  expect(await notified(tookMs, isFocused, Promise.resolve('done'))).toEqual(expected)
})

it('tells of one that failed as well, and lets the failure through', async () => {
  expect(await notified(9_000, false, Promise.reject(new Error('no')))).toEqual(['The report could not be saved: /home/me/report.pdf'])
  const noticed = createExportNotice({ nowMs: () => 0, isFocused: () => true, notify: () => {} })
  await expect(noticed('x', Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await noticed('x', Promise.resolve(1))).toBe(1)
})
