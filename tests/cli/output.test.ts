import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { removeAll, startContainer, type StartedContainer } from '../support/containers'
import { ensureBusyboxImage } from '../support/test-images'
import { bash, isoscope, plainEnv, PROGRAM } from './run-isoscope'

const ESC = '\x1b'

let container: StartedContainer
beforeAll(async () => {
  container = await startContainer({
    name: 'cli-output',
    image: await ensureBusyboxImage(),
    flags: ['--hostname', 'evil', '--env', `A${ESC}B=1`, '--label', `${ESC}[2J=\u202E`, '--tmpfs', '/tmp/\x9bmount'],
    command: ['sh', '-c', 'sleep 1000', `${ESC}]0;title\x07`, '\u200B\u202E'],
  })
})
afterAll(removeAll)

/** On a terminal of its own, made by script(1). */
async function onTerminal(args: string[], env: Record<string, string> = {}): Promise<string> {
  const command = [process.execPath, PROGRAM, ...args].map(word => `'${word}'`).join(' ')
  const { stdout } = await promisify(execFile)('script', ['--quiet', '--return', '--command', command, '/dev/null'], { env: plainEnv({ TERM: 'xterm', ...env }) })
  return stdout
}

/** Everything that is neither our own colour nor a line's end. */
const strangeIn = (text: string): string[] =>
  [...text.split(ESC).map((part, index) => index === 0 ? part : part.replace(/^\[\d+m/, '')).join('').replaceAll('\r\n', '').replaceAll('\n', '').matchAll(/[\p{Cc}\p{Cf}]/gu)].map(([found]) => found)

describe('what is printed', () => {
  it.each([[['ls', '-a']], [['snapshot']], [['ls', '-a', '--json']], [['snapshot', '--json']]])('by %j has no colour and no control character in a pipe', async (args) => {
    const { code, stdout, stderr } = await isoscope(args[0] === 'snapshot' ? [...args, container.name] : args)
    expect([code, stderr, strangeIn(stdout), stdout.includes(ESC)]).toEqual([0, '', [], false])
  })

  it('has our colours and nothing else on a terminal, and the boundary strip', async () => {
    const text = await onTerminal(['snapshot', container.name])
    expect(text).toContain(`mnt ${ESC}[36m█${ESC}[0m`)
    expect(strangeIn(text)).toEqual([])
  })

  it('has no colours on a terminal with NO_COLOR, and has them in a pipe with FORCE_COLOR', async () => {
    expect(await onTerminal(['snapshot', container.name], { NO_COLOR: '1' })).not.toContain(ESC)
    expect((await isoscope(['snapshot', container.name], { FORCE_COLOR: '1' })).stdout).toContain(ESC)
  })

  it('as JSON is ASCII and parses', async () => {
    const { stdout } = await isoscope(['snapshot', container.name, '--json'])
    expect([...stdout].filter(character => character !== '\n' && !/[ -~]/.test(character))).toEqual([])
    expect(JSON.parse(stdout).container.arguments).toEqual(['sh', '-c', 'sleep 1000', `${ESC}]0;title\x07`, '\u200B\u202E'])
  })
})

describe('a reader that leaves early', () => {
  it.each(['snapshot NAME --json', 'snapshot NAME', 'ls -a', 'schema', '--help'])('is no failure: %s', async (args) => {
    const { stdout, stderr } = await bash(`isoscope ${args.replace('NAME', container.name)} | head -c 1 >/dev/null; echo "\${PIPESTATUS[0]}"`)
    expect([stdout, stderr]).toEqual(['0\n', ''])
  })

  it('is no failure when it never read', async () => {
    expect(await bash(`isoscope snapshot ${container.name} --json > >(exec true); echo $?`)).toEqual({ code: 0, stdout: '0\n', stderr: '' })
  })

  it('is no failure when it was to hear the error', async () => {
    const { stdout } = await bash('isoscope snapshot no.such 2> >(exec true); echo $?')
    expect(stdout).toBe('1\n')
  })
})

it('a full disk is a failure in one line', async () => {
  const { stdout, stderr } = await bash(`isoscope snapshot ${container.name} --json > /dev/full; echo $?`)
  expect([stdout, stderr]).toEqual(['1\n', 'isoscope: cannot write its output: ENOSPC\n'])
})
