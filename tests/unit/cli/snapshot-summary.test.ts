import { describe, expect, it } from 'vitest'
import { createPaint } from '../../../cli/print/colours'
import { snapshotSummary } from '../../../cli/print/snapshot-summary'
import { nodeappSnapshot, stoppedSnapshot } from '../shared/nodeapp-snapshot'

const inPipe = { isTerminal: false, paint: createPaint(false) }
const onTerminal = { isTerminal: true, paint: createPaint(true) }
const withoutColours = (line: string): string => line.split('\x1b').map((part, index) => index === 0 ? part : part.replace(/^\[\d+m/, '')).join('')

const long = nodeappSnapshot((draft) => {
  draft.container.name = 'n'.repeat(255)
  draft.container.image = `registry.example/${'i'.repeat(300)}`
  draft.hostname.inside = 'h'.repeat(64)
  draft.workingDirectory.onHost = `/var/lib/docker/overlay2/${'f'.repeat(64)}/merged`
  draft.problems = [{ code: 'PROC_UNREADABLE', what: `The file /proc/1/root/${'x'.repeat(200)} could not be read because the kernel said no.`, fix: 'Run as root.' }]
})

describe('the summary of a snapshot', () => {
  it('has the boundary strip in words when it is read by a program', () => {
    const text = snapshotSummary(nodeappSnapshot(), inPipe).join('\n')
    expect(text).toContain('mnt private, pid private, net private, ipc private\nuts private, user host, cgroup host, time host')
    expect(text).not.toContain('\x1b')
  })

  it('has it as eight small walls with their key on a terminal', () => {
    const lines = snapshotSummary(nodeappSnapshot(), onTerminal).map(withoutColours)
    expect(lines).toContain('mnt █ pid █ net █ ipc █ uts █ user ░ cgroup ░ time ░')
    expect(lines).toContain('█ private  ◧ shared  ░ host  ? unknown')
  })

  it.each([['a plain one', nodeappSnapshot()], ['a stopped one', stoppedSnapshot()], ['one with long names', long]])('fits 80 columns: %s', (_words, snapshot) => {
    for (const output of [inPipe, onTerminal])
      expect(snapshotSummary(snapshot, output).map(withoutColours).filter(line => [...line].length > 80)).toEqual([])
  })

  it('says unknown, never zero, for what could not be read', () => {
    const lines = snapshotSummary(nodeappSnapshot((draft) => {
      draft.processCounts.host = null
      draft.hostProcesses = []
      draft.network.host = null
      draft.files.rootHost = null
      draft.host.memoryBytes = null
    }), inPipe)
    const hostOf = (label: string): string | undefined => lines.find(line => line.startsWith(label))?.slice(50)
    expect(['processes', 'interfaces', 'addresses', 'names in /', 'memory limit'].map(hostOf)).toEqual(Array(5).fill('unknown'))
  })

  it('counts at least what it lists where there may be more', () => {
    const lines = snapshotSummary(nodeappSnapshot((draft) => {
      draft.processCounts.inside = null
    }), inPipe)
    expect(lines.find(line => line.startsWith('processes'))).toMatch(/^processes +at least 2 +90$/)
  })

  it('names what could not be read', () => {
    expect(snapshotSummary(long, inPipe).join(' ')).toContain('Could not be read')
    expect(snapshotSummary(nodeappSnapshot((draft) => { draft.problems = [] }), inPipe).join(' ')).not.toContain('Could not be read')
  })

  it('shows control characters and sends none', () => {
    const lines = snapshotSummary(nodeappSnapshot((draft) => {
      draft.container.name = 'a\x1b]0;title\x07'
      draft.hostname.inside = 'x\u202Ey'
      draft.problems = [{ code: 'A_B', what: 'line\nbreak\x9b', fix: '' }]
    }), inPipe)
    expect(lines.filter(line => /[\p{Cc}\p{Cf}]/u.test(line))).toEqual([])
    expect(lines[0]).toBe(String.raw`a\x1b]0;title\x07`)
  })
})
