import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import packageJson from '../../package.json'

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))

const Permissions = z.record(z.string(), z.string())
const Workflow = z.object({
  permissions: Permissions,
  jobs: z.record(z.string(), z.object({
    'timeout-minutes': z.number().optional(),
    'permissions': Permissions.optional(),
    'steps': z.array(z.object({ uses: z.string().optional(), run: z.string().optional() })),
  })),
})

const files = readdirSync(at('.github/workflows'))
const workflows = files.map(file => ({ file, text: readFileSync(at(`.github/workflows/${file}`), 'utf8') }))
  .map(({ file, text }) => ({ file, text, workflow: Workflow.parse(parse(text)) }))
const steps = workflows.flatMap(({ workflow }) => Object.values(workflow.jobs).flatMap(job => job.steps))

it('workflows run only scripts and files that exist', () => {
  const commands = steps.flatMap(({ run = '' }) => run.split('\n'))
  const scripts = commands.flatMap(line => [...line.matchAll(/\bnpm (?:run (?:-s )?([\w:-]+)|(test|start)\b)/g)].map(([, named, short]) => named ?? short ?? ''))
  const paths = commands.flatMap(line => [...line.matchAll(/\b(build\/[\w./-]+)/g)].map(([, path = '']) => path))
  expect(scripts.length).toBeGreaterThan(4)
  expect(scripts.filter(name => !Object.keys(packageJson.scripts).includes(name))).toEqual([])
  expect(paths.filter(path => !existsSync(at(path)))).toEqual([])
})

it('every action is GitHub\'s own, at an exact version', () => {
  const uses = steps.flatMap(step => step.uses ?? [])
  expect(uses.filter(name => !/^actions\/[\w-]+@(v\d+\.\d+\.\d+|[0-9a-f]{40})$/.test(name))).toEqual([])
})

it('workflows may only read, but for the one job that makes a draft of a release', () => {
  const rights = workflows.flatMap(({ file, workflow }) => [
    [file, workflow.permissions],
    ...Object.entries(workflow.jobs).flatMap(([name, { permissions }]) => permissions ? [[`${file} ${name}`, permissions]] : []),
  ])
  expect(rights).toEqual([
    ['ci.yml', { contents: 'read' }],
    ['release.yml', { contents: 'read' }],
    ['release.yml publish', { contents: 'write' }],
  ])
})

it('no text that a stranger can write becomes part of a command', () => {
  const inserted = steps.flatMap(({ run = '' }) => [...run.matchAll(/\$\{\{\s*([\w.]+)/g)].map(([, name = '']) => name))
  expect(inserted.filter(name => !name.startsWith('matrix.'))).toEqual([])
})
