import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { useConnection } from '../../../../renderer/stores/connection'
import { useReport } from '../../../../renderer/stores/report'

beforeEach(async () => {
  sessionStorage.clear()
  setActivePinia(createPinia())
  await useConnection().openSample()
})

it('keeps what an export ended in', async () => {
  const report = useReport()
  const answer = await report.start('sample', 'json', false)
  expect(answer).toMatchObject({ outcome: 'download', mediaType: 'application/json' })
  expect(report.exported).toEqual(answer)
  expect(report.isExporting).toBe(false)
})

it('says why an export failed', async () => {
  const report = useReport()
  expect(await report.start('sample', 'pdf', false)).toBeNull()
  expect(report.problem?.code).toBe('PDF_UNAVAILABLE')
  expect(report.isExporting).toBe(false)
})

it('gives up an export without calling that a problem', async () => {
  const report = useReport()
  const running = report.start('sample', 'html', false)
  expect(report.isExporting).toBe(true)
  report.forget()
  expect(report.isExporting).toBe(false)
  expect(await running).toBeNull()
  expect([report.exported, report.problem]).toEqual([null, null])
})
