import { expect, it } from 'vitest'
import { bugLines, engineMissingLines, problemLines } from '../../../cli/print/problem-lines'

it('says what happened and what to do, and sends no control character', () => {
  expect(problemLines({ code: 'A_B', what: 'No \x1b[2J file.', fix: 'Make\none.' })).toEqual([String.raw`No \x1b[2J file.`, String.raw`  Make\none.`])
})

it('lists every endpoint that was tried, then how to start an engine', () => {
  expect(engineMissingLines({
    engine: null,
    why: '',
    setAside: null,
    tried: [{ endpoint: { origin: 'DOCKER_HOST', address: 'unix:///x\u202E' }, isReachable: false, answer: 'There is no such socket.' }],
    startSteps: [{ text: 'Start Docker Desktop.', command: null }, { text: 'Or start the engine:', command: 'sudo systemctl start docker' }],
  })).toEqual([
    'No Docker engine answered.',
    '',
    'Tried:',
    String.raw`  unix:///x\u202e (DOCKER_HOST)`,
    '    There is no such socket.',
    '',
    'To start one:',
    '  Start Docker Desktop.',
    '  Or start the engine:',
    '    sudo systemctl start docker',
  ])
})

it('shows the stack of an error that nobody expected, line by line', () => {
  const lines = bugLines(new TypeError('evil \x1b]0;title\x07'))
  expect(lines[0]).toBe(String.raw`TypeError: evil \x1b]0;title\x07`)
  expect(lines.length).toBeGreaterThan(2)
})
