import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { Snapshot } from '../../shared/model/snapshot'

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const readme = readFileSync(at('README.md'), 'utf8')

it('the README has every outer name of a snapshot, and no other', () => {
  const reference = readme.slice(readme.indexOf('## The snapshot'), readme.indexOf('## Reading the code'))
  const named = [...reference.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, names = '']) => [...names.matchAll(/`(\w+)/g)].map(([, name]) => name))
  expect(named.toSorted()).toEqual(Object.keys(Snapshot.shape).toSorted())
})

it('the README has every command, and no other', () => {
  const named = [...readme.matchAll(/^\| `isoscope (\w+)/gm)].map(([, name]) => name)
  const commands = readdirSync(at('cli/commands'))
    .flatMap(file => [...readFileSync(at(`cli/commands/${file}`), 'utf8').matchAll(/\.command\('(\w+)'\)/g)])
    .map(([, name]) => name)
  expect(named.toSorted()).toEqual(commands.toSorted())
})
