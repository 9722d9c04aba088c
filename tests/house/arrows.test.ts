import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Every file of a folder that can import, as paths from the top. */
const filesOf = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter(path => /\.(ts|vue)$/.test(path)).map(path => join(folder, path))

/** What a file imports from our own tree, as paths from the top. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)]
    .map(([, specifier = '']) => relative(ROOT, join(ROOT, dirname(file), specifier)))
}

/** Imports of one folder that lead into others, as `file → import`. */
const arrows = (from: string, into: readonly string[]): string[] =>
  filesOf(from).flatMap(file => importsOf(file)
    .filter(target => into.some(folder => target === folder || target.startsWith(`${folder}/`)))
    .map(target => `${file} → ${target}`))

it.each([
  ['shared/model', ['shared/contract', 'shared/analysis', 'shared/report', 'shared/text', 'shared/compare', 'shared/run']],
  ['shared/contract', ['shared/analysis', 'shared/report', 'shared/text', 'shared/compare', 'shared/run']],
  ['shared/text', ['shared/contract', 'shared/analysis', 'shared/report', 'shared/compare', 'shared/run']],
  ['shared/analysis', ['shared/contract', 'shared/report', 'shared/compare', 'shared/run']],
  ['shared/run', ['shared/contract', 'shared/report', 'shared/compare']],
  ['shared/report', ['shared/contract', 'shared/compare']],
  ['shared/compare', ['shared/contract', 'shared/two-views']],
  ['shared/two-views', ['shared/contract', 'shared/report', 'shared/compare', 'shared/lab']],
  ['shared/run', ['shared/lab']],
  ['shared/lab', ['shared/contract', 'shared/report', 'shared/compare']],
  ['engine/parse', ['engine/sources', 'engine/collect', 'engine/snapshot', 'engine/service', 'engine/live', 'engine/logs']],
  ['engine/sources', ['engine/collect', 'engine/snapshot', 'engine/service', 'engine/live', 'engine/logs']],
  ['engine/collect', ['engine/snapshot', 'engine/service', 'engine/live', 'engine/connection']],
  ['engine/logs', ['engine/collect', 'engine/snapshot', 'engine/service', 'engine/live']],
  ['engine/views', ['engine/snapshot', 'engine/service', 'engine/live', 'engine/logs', 'engine/connection']],
  ['engine/lab', ['engine/collect', 'engine/snapshot', 'engine/service', 'engine/live', 'engine/logs', 'engine/views', 'engine/connection']],
  ['engine/shell', ['engine/snapshot', 'engine/service', 'engine/live', 'engine/connection']],
  ['engine/temporary', ['engine/collect', 'engine/shell', 'engine/toolbox', 'engine/snapshot', 'engine/service', 'engine/live', 'engine/connection']],
  ['engine/toolbox', ['engine/snapshot', 'engine/service', 'engine/live', 'engine/connection']],
  ['engine/this-computer', ['engine/snapshot', 'engine/service', 'engine/live', 'engine/connection']],
  ['renderer/components', ['renderer/client', 'renderer/stores', 'renderer/views', 'renderer/charts']],
  ['renderer/charts', ['renderer/client', 'renderer/stores', 'renderer/views']],
  ['renderer/stores', ['renderer/views', 'renderer/components', 'renderer/charts']],
  ['renderer/terminal', ['renderer/client', 'renderer/stores', 'renderer/views', 'renderer/components', 'renderer/charts']],
  ['renderer/client', ['renderer/views', 'renderer/components', 'renderer/charts', 'renderer/stores']],
])('%s knows nothing of what is above it', (from, above) => {
  expect(arrows(from, above)).toEqual([])
})

const PAGE_LISTS = ['renderer/router.ts', 'renderer/container-pages.ts']

it('only the lists of pages and a view\'s own folder import a view', () => {
  const others = arrows('renderer', ['renderer/views']).filter((arrow) => {
    const [file = '', target = ''] = arrow.split(' → ')
    return !PAGE_LISTS.includes(file) && dirname(file) !== dirname(target)
  })
  expect(others).toEqual([])
})
