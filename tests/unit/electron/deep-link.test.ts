import { describe, expect, it } from 'vitest'
import { linkedContainer } from '../../../electron/deep-link'
import { requestedOnStart } from '../../../electron/open-requests'

const ID = '0123456789ab'.padEnd(64, 'c')

it.each([ID, ID.slice(0, 12), ID.slice(0, 40)])('takes %s for a container', (idPrefix) => {
  expect(linkedContainer(`isoscope://container/${idPrefix}`)).toEqual({ command: 'openContainer', idPrefix })
})

const HOSTILE_LINKS = [
  '', 'isoscope:', 'isoscope://', 'isoscope://container', 'isoscope://container/', `isoscope://container/${ID}/`, `isoscope://container/${ID}c`,
  `isoscope://container/${ID.slice(0, 11)}`, `isoscope://container/${ID.toUpperCase()}`, `ISOSCOPE://container/${ID}`, `isoscope://CONTAINER/${ID}`,
  `isoscope://container/${ID}?x=1`, `isoscope://container/${ID}#/engine`, `isoscope://container/${ID}\n`, `\nisoscope://container/${ID}`, ` isoscope://container/${ID}`,
  `isoscope://container/${ID.slice(0, 12)}%00`, `isoscope://container/%30${ID.slice(1, 12)}`, `isoscope://container//${ID}`, `isoscope:///container/${ID}`,
  `isoscope:container/${ID}`, `isoscope://user@container/${ID}`, `isoscope://container:80/${ID}`, `isoscope://container/../container/${ID}`, 'isoscope://container/../../etc/passwd',
  `isoscope://container/${'٠'.repeat(12)}`, `isoscope://container/${ID.slice(0, 12)}\u202e`, `isoscope://container/${'a'.repeat(1024 * 1024)}`,
  `isoscope://image/${ID}`, `isoscope://container/__proto__`, 'file:///etc/passwd', 'javascript:alert(1)', 'app://isoscope/index.html', `https://container/${ID}`, 'data:text/html,x',
]

it.each(HOSTILE_LINKS.map(link => [link.slice(0, 80), link]))('takes %j for no container', (_shown, link) => {
  expect(linkedContainer(link)).toBeNull()
})

describe('a start', () => {
  const start = (...args: string[]): unknown => requestedOnStart(['/opt/isoscope/isoscope', ...args], '/home/me')

  it('opens what its command line says last, whatever Chromium adds', () => {
    expect(start('--sample', `isoscope://container/${ID}`, '--allow-file-access-from-files', '/opt/isoscope/resources/app'))
      .toEqual({ kind: 'command', command: { command: 'openContainer', idPrefix: ID } })
  })

  it('opens the sample', () => {
    expect(start('--sample')).toEqual({ kind: 'command', command: { command: 'openSample' } })
  })

  it.each([
    ['saved.isoscope.json', '/home/me/saved.isoscope.json'],
    ['/tmp/a b.json', '/tmp/a b.json'],
    ['../you/x.json', '/home/you/x.json'],
  ])('reads the file %s from the folder in which it was started', (argument, path) => {
    expect(start(argument)).toEqual({ kind: 'file', path })
  })

  it.each([
    '', '.', 'out/floor', '--user-data-dir=/tmp/x.json', '-x.json', 'file:///etc/x.json', 'https://evil/x.json', 'javascript:x.json', '/etc/passwd', 'x.JSON', 'x.json ',
    'isoscope://container/x.json',
  ])('is asked for nothing by %j', (argument) => {
    expect(start(argument)).toBeNull()
  })

  it('is asked for nothing by its own name', () => {
    expect(requestedOnStart(['/opt/isoscope.json'], '/')).toBeNull()
  })
})
