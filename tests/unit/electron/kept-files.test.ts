import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openPreferences } from '../../../electron/preferences'
import { openRecentContainers } from '../../../electron/recent-containers'
import { DEFAULT_PREFERENCES, type Preferences } from '../../../shared/model/preferences'

let folder: string
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'isoscope-kept-')) })
afterEach(() => rmSync(folder, { recursive: true }))

const inFolder = (name: string): string => join(folder, name)
const written = (name: string): unknown => JSON.parse(readFileSync(inFolder(name), 'utf8'))

describe('preferences', () => {
  const chosen: Preferences = { theme: 'dark', liveEveryMs: 500, isReportMasked: true, engineAddress: 'unix:///e.sock', endpointId: null, hasReadWelcome: true, helperEngines: [], labLanguage: 'de' }

  it('are the defaults on the first start, without a word', () => {
    expect(openPreferences(inFolder('p.json'), () => {}).read()).toEqual({ preferences: DEFAULT_PREFERENCES, problem: null })
  })

  it('are applied at once, kept, and there after the next start', async () => {
    const applied: Preferences[] = []
    await openPreferences(inFolder('p.json'), preferences => applied.push(preferences)).write(chosen)
    expect({ applied, written: written('p.json'), next: openPreferences(inFolder('p.json'), () => {}).read() })
      .toEqual({ applied: [DEFAULT_PREFERENCES, chosen], written: chosen, next: { preferences: chosen, problem: null } })
  })

  it.each([
    ['is not JSON', '{"theme"'],
    ['is something else', '[]'],
    ['has a theme that is none', JSON.stringify({ ...chosen, theme: 'purple' })],
    ['is huge', ' '.repeat(2 * 1024 * 1024)],
  ])('are the defaults when the file %s, and that is said', (_what, text) => {
    writeFileSync(inFolder('p.json'), text)
    expect(openPreferences(inFolder('p.json'), () => {}).read())
      .toEqual({ preferences: DEFAULT_PREFERENCES, problem: expect.objectContaining({ code: 'PREFERENCES_NOT_READABLE' }) })
  })

  it('hold until the end when they cannot be kept', async () => {
    const preferences = openPreferences(join(folder, 'missing', 'p.json'), () => {})
    await expect(preferences.write(chosen)).rejects.toMatchObject({ problem: { code: 'SAVE_FOLDER_MISSING' } })
    expect(preferences.read()).toEqual({ preferences: chosen, problem: null })
  })

  it('keep the last of many changes', async () => {
    const preferences = openPreferences(inFolder('p.json'), () => {})
    await Promise.all((['light', 'dark', 'system', 'light'] as const).map(theme => preferences.write({ ...chosen, theme })))
    expect(written('p.json')).toEqual({ ...chosen, theme: 'light' })
  })
})

describe('recent containers', () => {
  const HERE = 'unix:///here.sock'
  const container = (number: number, engine = HERE): { id: string, name: string, engine: string } => ({ id: String(number).padStart(64, '0'), name: `c${number}`, engine })
  const open = (failures: unknown[] = []): ReturnType<typeof openRecentContainers> => openRecentContainers(inFolder('r.json'), error => failures.push(error))

  it('are the last eight, each once, the last one first, with the name that it has now', () => {
    const recent = open()
    for (let number = 0; number < 10; number++)
      recent.add(container(number))
    recent.add({ ...container(5), name: 'renamed' })
    expect(recent.of(HERE)).toEqual([{ ...container(5), name: 'renamed' }, ...[9, 8, 7, 6, 4, 3, 2].map(number => container(number))])
  })

  it('are those of one engine: the same id is another container on another one', () => {
    const recent = open()
    recent.add(container(1))
    recent.add(container(1, 'ssh://there'))
    recent.add(container(2, 'ssh://there'))
    expect([recent.of(HERE), recent.of('ssh://there'), recent.of('tcp://new:2376'), recent.of(null)])
      .toEqual([[container(1)], [container(2, 'ssh://there'), container(1, 'ssh://there')], [], []])
  })

  it('of before they were kept by engine are not offered', () => {
    writeFileSync(inFolder('r.json'), JSON.stringify([{ id: container(1).id, name: 'c1' }]))
    expect([open().of(HERE), open().of(null)]).toEqual([[], []])
  })

  it('are kept, and forgotten when asked', async () => {
    const recent = open()
    recent.add(container(1))
    await expect.poll(() => open().of(HERE)).toEqual([container(1)])
    recent.clear()
    await expect.poll(() => open().of(HERE)).toEqual([])
  })

  it('begin anew when the file is not theirs', () => {
    writeFileSync(inFolder('r.json'), '[{"id":"../../etc","name":"x"}]')
    expect(open().of(HERE)).toEqual([])
  })

  it('go on when they cannot be kept, and tell why', async () => {
    const failures: unknown[] = []
    const recent = openRecentContainers(join(folder, 'missing', 'r.json'), error => failures.push(error))
    recent.add(container(1))
    await expect.poll(() => failures).toEqual([expect.objectContaining({ problem: expect.objectContaining({ code: 'SAVE_FOLDER_MISSING' }) })])
    expect(recent.of(HERE)).toEqual([container(1)])
  })
})
