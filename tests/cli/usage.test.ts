import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isoscope, PROGRAM } from './run-isoscope'

const COMMANDS = ['ls', 'snapshot', 'report', 'diff', 'schema', 'serve', 'open', 'endpoints']

describe('help', () => {
  it('of the program names every command', async () => {
    const { code, stdout, stderr } = await isoscope(['--help'])
    expect([code, stderr]).toEqual([0, ''])
    for (const command of COMMANDS)
      expect(stdout).toMatch(new RegExp(`^  ${command}\\b`, 'm'))
  })

  it.each(COMMANDS)('of %s says how to use it', async (command) => {
    const { code, stdout, stderr } = await isoscope([command, '--help'])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain(`Usage: isoscope ${command}`)
    expect(await isoscope(['help', command])).toEqual({ code, stdout, stderr })
  })
})

it('tells its version', async () => {
  const { version } = JSON.parse(await readFile(resolve(import.meta.dirname, '../../package.json'), 'utf8'))
  expect(await isoscope(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
})

describe('a wrong use ends with 2, says why on stderr and prints nothing else', () => {
  it.each([
    [[], 'Usage: isoscope'],
    [['lss'], 'unknown command \'lss\''],
    [['--nothing'], 'unknown option \'--nothing\''],
    [['ls', '--nothing'], 'unknown option \'--nothing\''],
    [['ls', 'more'], 'too many arguments'],
    [['snapshot'], 'missing required argument \'container\''],
    [['snapshot', 'a b'], 'letters, digits'],
    [['snapshot', '../x'], 'letters, digits'],
    [['snapshot', ''], 'letters, digits'],
    [['snapshot', '-x'], 'unknown option'],
    [['report', 'web'], 'required option \'-o, --output <file>\''],
    [['report', 'web', '-o', 'file.txt'], 'must end in one of .pdf, .html, .md, .json'],
    [['report', 'web', '-o', 'file'], 'must end in one of'],
    [['report', 'web', '-o', '.pdf'], 'must end in one of'],
    [['serve', '--port', 'x'], 'from 0 to 65535'],
    [['serve', '--port', '65536'], 'from 0 to 65535'],
    [['serve', '--port', '-1'], 'from 0 to 65535'],
    [['serve', '--port', '1e3'], 'from 0 to 65535'],
  ])('%j', async (args, words) => {
    const { code, stdout, stderr } = await isoscope(args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(words)
  })
})

it('shows control characters of a wrong argument, and sends none', async () => {
  const { stderr } = await isoscope(['snapshot', 'a\x1b[2J'])
  expect(stderr.split('\n').filter(line => /\p{Cc}/u.test(line))).toEqual([])
  expect(stderr).toContain(String.raw`a\x1b[2J`)
})

it('prints the schema without an engine', async () => {
  const { code, stdout } = await isoscope(['schema'], { DOCKER_HOST: 'unix:///nonexistent' })
  expect(code).toBe(0)
  const schema = JSON.parse(stdout)
  for (const name of ['format', 'takenAt', 'engine', 'container', 'host', 'namespaces', 'processes', 'hostProcesses', 'processCounts', 'files', 'network', 'hostname', 'users', 'cgroup', 'security', 'problems'])
    expect(schema.required).toContain(name)
})

it('alone, without page, launcher and packages, says what is missing and what to do', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'isoscope-test-alone-'))
  const program = join(folder, 'out/cli/isoscope.js')
  await cp(dirname(PROGRAM), dirname(program), { recursive: true })
  expect(await isoscope(['open'], {}, program)).toEqual({ code: 1, stdout: '', stderr: 'The desktop window is not part of this installation.\n  Use "isoscope serve" for the same pages in a browser.\n' })
  expect(await isoscope(['serve'], {}, program)).toEqual({ code: 1, stdout: '', stderr: 'The page of Isoscope is not beside this program.\n  In a checkout, run "npm run build" first; otherwise install Isoscope again.\n' })
  await rm(folder, { recursive: true })
})
