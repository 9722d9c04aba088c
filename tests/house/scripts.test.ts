import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { SUITES } from '../../build/testing/suites.mjs'
import packageJson from '../../package.json'

const read = (document: string): string => readFileSync(fileURLToPath(new URL(`../../${document}`, import.meta.url)), 'utf8')
const scripts = Object.keys(packageJson.scripts)

/** The scripts that a text tells to run: `npm start`, `npm test`, `npm run -s name`. */
const scriptsIn = (text: string): string[] =>
  [...text.matchAll(/\bnpm (?:run (?:-s |--silent )?([\w:-]+)|(start|test)\b)/g)].map(([, named, short]) => named ?? short ?? '')

it.each(['README.md', 'CONTRIBUTING.md', 'DECISIONS.md'])('%s tells to run only scripts that exist', (document) => {
  expect(scriptsIn(read(document)).filter(name => !scripts.includes(name))).toEqual([])
})

it('every suite of the whole run is a script that exists', () => {
  const named = SUITES.flatMap(suite => scriptsIn(suite.command.join(' ')))
  expect(named).toHaveLength(SUITES.length)
  expect(named.filter(name => !scripts.includes(name))).toEqual([])
})

it('every test script is a suite of the whole run', () => {
  const named = SUITES.flatMap(suite => scriptsIn(suite.command.join(' ')))
  expect(scripts.filter(name => name.startsWith('test:') && !named.includes(name))).toEqual([])
})

it('the README begins with the two commands', () => {
  const [first] = read('README.md').match(/```sh\n([\s\S]*?)```/) ?? []
  expect(first?.split('\n').map(line => line.replace(/ *#.*/, ''))).toEqual(['```sh', 'npm ci && npm start', 'npm ci && npm test', '```'])
})

it('CONTRIBUTING.md names every suite', () => {
  const text = read('CONTRIBUTING.md')
  expect(SUITES.map(suite => suite.name).filter(name => !text.includes(`\`${name}\``))).toEqual([])
})
