import { expect, it } from 'vitest'
import { readSnapshotFile } from '../../../../renderer/client/open-recording'
import { ProblemError } from '../../../../shared/model/problem'

const problemOf = (text: string): Promise<unknown> => readSnapshotFile(new File([text], 'mine.json'))
  .catch((error: unknown) => error instanceof ProblemError ? error.problem.what : error)

it('says that a cut file is cut', async () => {
  expect(await problemOf('{"format": 1,')).toBe('mine.json is not JSON, or is cut short.')
})

it('names the first field that does not fit', async () => {
  expect(await problemOf('{"format": 1, "id": 7}')).toMatch(/^mine\.json is no Isoscope snapshot of format 1: id: /)
})

it('refuses a snapshot of another format', async () => {
  expect(await problemOf('{"format": 2}')).toMatch(/^mine\.json is no Isoscope snapshot of format 1: format: /)
})
