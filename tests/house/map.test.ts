import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FOLDERS = ['build', 'cli', 'electron', 'engine', 'examples', 'helper', 'renderer', 'shared', 'tests', 'verify']
const DOCUMENTS = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'DECISIONS.md']

const read = (document: string): string => readFileSync(join(ROOT, document), 'utf8')

/** What stands between backquotes and is a file at the top, or a path below one of our folders. */
function pathsIn(text: string): string[] {
  const quoted = [...text.matchAll(/`([^`\s]+)`/g)].map(([, path = '']) => path)
  return quoted.filter(path => FOLDERS.includes(path.split('/')[0] ?? '') || /^[\w.]+\.(json|js|ts|md)$/.test(path))
}

it.each(DOCUMENTS)('%s names only paths that exist', (document) => {
  const missing = pathsIn(read(document)).filter(path => !existsSync(join(ROOT, path)))
  expect(missing).toEqual([])
})

it.each(DOCUMENTS)('%s links only to files that exist', (document) => {
  const links = [...read(document).matchAll(/\]\(([^)#:]+)\)/g)].map(([, path = '']) => path)
  expect(links.filter(path => !existsSync(join(ROOT, dirname(document), path)))).toEqual([])
})

it('the map has every folder of code', () => {
  const mapped = pathsIn(read('ARCHITECTURE.md'))
  expect(FOLDERS.filter(folder => !mapped.some(path => path.split('/')[0] === folder))).toEqual([])
})
