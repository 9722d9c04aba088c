import { afterAll, beforeAll, expect, it } from 'vitest'
import { removeAll } from '../support/containers'
import { compareHostProcesses } from '../../verify/facts/host-processes'
import { expectSame } from './expectations/expect-same'
import { start } from './start'
import { type Look } from '../../verify/look'
import { here, lookAt } from './take'

/** What printf(1) of the shell makes its own name, the bytes of it, and how they are shown. */
const NAMES = [
  { printf: 'a) R 1 1 (b', bytes: '6129205220312031202862', shown: 'a) R 1 1 (b' },
  { printf: 'two\\nlines', bytes: '74776f0a6c696e6573', shown: 'two\\nlines' },
  { printf: 'two\\134nlines', bytes: '74776f5c6e6c696e6573', shown: 'two\\\\nlines' },
  { printf: '\\377\\376\\200', bytes: 'fffe80', shown: '\\xff\\xfe\\x80' },
  { printf: '\\033[31mred', bytes: '1b5b33316d726564', shown: '\\x1b[31mred' },
  { printf: '<b>=1+1</b>', bytes: '3c623e3d312b313c2f623e', shown: '<b>=1+1</b>' },
  { printf: 'abcdefghijklm\\342\\202\\254', bytes: '6162636465666768696a6b6c6de282', shown: 'abcdefghijklm\\xe2\\x82' },
]

const SCRIPT = NAMES.map(({ printf }) => `(exec sh -c 'printf "${printf}" > /proc/$$/comm; read line < /tmp/fifo') &`).join('\n')

let look: Look
beforeAll(async () => {
  const command = ['sh', '-c', `mkfifo /tmp/fifo\n${SCRIPT}\nwait`, 'with space', 'new\nline', '', '--flag=\u202Ereversed']
  const { id } = await start({ name: 'weird-processes', command, processes: NAMES.length + 1 })
  look = await lookAt(id)
})
afterAll(removeAll)

it('shows every byte of a name, and keeps it apart from the columns beside it', async () => {
  const { processes, container } = look.snapshot
  const children = processes.filter(({ hostPpid }) => hostPpid === container.hostPid)
  const found = await Promise.all(children.map(async ({ command, state, ppid, hostPid }) => {
    // The kernel ends the file with a newline of its own.
    const bytes = (await here.run('od', '-An', '-v', '-tx1', `/proc/${hostPid}/comm`)).replace(/\s/g, '').replace(/0a$/, '')
    return { bytes, shown: command, state, ppid }
  }))
  const byBytes = (a: { bytes: string }, b: { bytes: string }): number => a.bytes < b.bytes ? -1 : 1
  expect(found.sort(byBytes)).toEqual(NAMES.map(({ bytes, shown }) => ({ bytes, shown, state: 'S', ppid: 1 })).sort(byBytes))
})

it('shows arguments one by one, also an empty one', () => {
  const [first] = look.snapshot.processes
  expect(first?.args.slice(3)).toEqual(['with space', 'new\\nline', '', '--flag=\\u202ereversed'])
})

it('has them in the list of the host', () => {
  expectSame(look, compareHostProcesses)
})
