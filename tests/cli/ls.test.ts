import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { removeAll, startContainer, type StartedContainer } from '../support/containers'
import { docker } from '../support/docker'
import { ensureBusyboxImage } from '../support/test-images'
import { isoscope } from './run-isoscope'

let running: StartedContainer
let stopped: StartedContainer

beforeAll(async () => {
  const image = await ensureBusyboxImage()
  running = await startContainer({
    name: 'cli-running',
    image,
    flags: ['--publish', '127.0.0.1::80', '--publish', '0.0.0.0::82', '--expose', '90-92', '--expose', '53/udp', '--label', 'evil=\x1b[2J'],
    command: ['sh', '-c', 'sleep 1000', '\x1b]0;title\x07\u202E'],
  })
  stopped = await startContainer({ name: 'cli-stopped', image, command: ['sh', '-c', 'exit 3'] })
  await docker('wait', stopped.name)
})
afterAll(removeAll)

const isOurs = (line: string): boolean => line.includes(running.name) || line.includes(stopped.name)

/** The rows of this file's own containers by column; a second may pass between two lists, so its number is left out. */
function rowsOf(table: string): Record<string, string>[] {
  const [head = '', ...lines] = table.split('\n')
  const columns = [...head.matchAll(/\S+(?: \S+)*/g)]
  const cells = (line: string): [string, string][] => columns.map((column, index) =>
    [column[0], line.slice(column.index, columns[index + 1]?.index).trimEnd().replace(/\d+ seconds?|Less than a second|About a minute/, 'a moment')])
  return lines.filter(isOurs).map(line => Object.fromEntries(cells(line)))
}

/** docker 20.10 writes `:::80`, which newer ones write `[::]:80`; both leave their order to chance. */
const withSortedPorts = (rows: Record<string, string>[]): Record<string, unknown>[] =>
  rows.map(({ PORTS = '', ...row }) => ({ ...row, PORTS: PORTS.replaceAll(':::', '[::]:').split(', ').sort() }))

describe('isoscope ls', () => {
  it.each([[['ls'], ['ps']], [['ls', '-a'], ['ps', '-a']]])('%j lists what docker %j lists', async (mine, theirs) => {
    const { code, stdout, stderr } = await isoscope(mine)
    expect([code, stderr]).toEqual([0, ''])
    const rows = withSortedPorts(rowsOf(stdout))
    expect(rows).toEqual(withSortedPorts(rowsOf(await docker(...theirs))))
    expect(rows.map(({ NAMES }) => NAMES)).toEqual(mine.includes('-a') ? [stopped.name, running.name] : [running.name])
  })

  it('shows a command that would move the cursor, and sends it nowhere', async () => {
    const { stdout } = await isoscope(['ls'])
    expect(stdout.split('\n').filter(line => /[\p{Cc}\p{Cf}]/u.test(line))).toEqual([])
    expect(stdout).toContain(String.raw`"sh -c 'sleep 1000' …"`)
  })

  it('gives the same as JSON, in ASCII', async () => {
    const { code, stdout } = await isoscope(['ls', '--all', '--json'])
    expect(code).toBe(0)
    expect([...stdout].filter(character => character !== '\n' && !/[ -~]/.test(character))).toEqual([])
    const mine: Record<string, unknown>[] = JSON.parse(stdout)
    const theirs = (await docker('ps', '--all', '--no-trunc', '--format', '{{.ID}} {{.Names}} {{.Image}} {{.State}}')).split('\n')
    expect(mine.map(({ id, name, image, state }) => `${id} ${name} ${image} ${state}`).filter(isOurs))
      .toEqual(theirs.filter(isOurs))
    expect(JSON.stringify(mine.find(({ id }) => id === running.id))).toContain('sleep 1000')
  })
})
