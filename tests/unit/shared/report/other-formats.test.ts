import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { analyse } from '../../../../shared/analysis/analyse'
import { Snapshot } from '../../../../shared/model/snapshot'
import { escapeMarkdown } from '../../../../shared/report/markdown/escape'
import { reportFileName } from '../../../../shared/report/report-file-name'
import { snapshotSchema } from '../../../../shared/report/snapshot-schema'
import { toJson } from '../../../../shared/report/to-json'
import { toMarkdown } from '../../../../shared/report/to-markdown'
import { hostileSnapshot } from '../hostile-snapshot'
import { nodeappSnapshot, stoppedSnapshot } from '../nodeapp-snapshot'

describe('the Markdown report', () => {
  const lines = toMarkdown(nodeappSnapshot()).split('\n')

  it('tells the same as the HTML: verdict, walls, both sides, every section and finding', () => {
    expect(lines.slice(0, 5)).toEqual([
      '# Isolation of nodeapp-container',
      '',
      '**Isolated, with gaps.** 5 of 8 namespaces are private; 3 are the host’s (user, cgroup, time). 7 findings need action, 4 are worth knowing. 26 of 26 rules could be decided.',
      '',
      'mnt █ private · pid █ private · net █ private · ipc █ private · uts █ private · user ░ host · cgroup ░ host · time ░ host',
    ])
    expect(lines).toContain('| How many processes are there? | 2 processes | 90 processes |')
    expect(lines.filter(line => line.startsWith('## '))).toEqual([
      '## How to read this', '## Namespaces', '## Findings', '## Processes', '## Files', '## Network and names', '## Resources', '## Security', '## What could not be collected, and why',
    ])
    const failed = analyse(nodeappSnapshot()).filter(({ outcome }) => outcome.status === 'fail')
    expect(lines.filter(line => line.startsWith('### '))).toEqual(failed.map(({ rule, severity }) => `### ${rule.title} (${severity})`))
  })

  it('keeps each row of a hostile container in its own cells', () => {
    const text = toMarkdown(hostileSnapshot())
    const widths = text.split('\n\n').filter(block => block.startsWith('| ')).map(block => new Set(block.split('\n').map(line => line.split(/(?<!\\)\|/).length)).size)
    expect(new Set(widths)).toEqual(new Set([1]))
    expect(text.match(/<script|<img|(?<!\\)\]\(javascript|\p{Cf}/u)).toBe(null)
    expect(text.includes('\u001B')).toBe(false)
  })

  it('escapes whatever could be markup inside of a line', () => {
    expect(escapeMarkdown('a|b *c* _d_ `e` [f](g) <h> & ~i~ https://j www.k l@m \\n\n')).toBe(
      'a\\|b \\*c\\* \\_d\\_ \\`e\\` \\[f\\](g) &lt;h&gt; &amp; \\~i\\~ https&#58;//j www&#46;k l&#64;m \\\\n\\\\n')
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(escapeMarkdown(text)).not.toMatch(/[<>\n]|(?<!\\)(?:\\\\)*[|`*_[\]]/)
    }))
  })
})

describe('the JSON report', () => {
  it.each([['plain', nodeappSnapshot()], ['stopped', stoppedSnapshot()], ['hostile', hostileSnapshot()]])('is plain ASCII and parses back equal: %s', (_, snapshot) => {
    const text = toJson(snapshot)
    expect(text).toMatch(/^[\x20-\x7E\n]*$/)
    expect(Snapshot.parse(JSON.parse(text))).toEqual(snapshot)
  })

  it('keeps any name', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => {
      const snapshot = { ...nodeappSnapshot(), hostProcesses: [], hostname: { inside: name, host: null } }
      expect(JSON.parse(toJson(snapshot))).toEqual(snapshot)
    }), { numRuns: 50 })
  })
})

describe('the file name', () => {
  it('says container and time', () => {
    expect(reportFileName(nodeappSnapshot(), 'pdf')).toBe('isoscope-nodeapp-container-20261124-1230.pdf')
    expect(reportFileName(nodeappSnapshot(), 'json')).toBe('isoscope-nodeapp-container-20261124-1230.isoscope.json')
  })

  it('holds nothing that a shell or a file system could take wrong', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string(), (name, takenAt) => {
      const base = nodeappSnapshot()
      const fileName = reportFileName({ ...base, takenAt, container: { ...base.container, name } }, 'html')
      expect(fileName).toMatch(/^isoscope-[A-Za-z0-9._-]{1,60}-(?:undated|\d{8}-\d{4})\.html$/)
    }))
  })
})

describe('the JSON Schema', () => {
  const schema = JSON.parse(JSON.stringify(snapshotSchema()))

  it('names itself and every public part of a snapshot', () => {
    expect(schema).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', $id: 'urn:isoscope:snapshot:1', title: 'Isoscope snapshot, format 1', type: 'object' })
    expect(Object.keys(schema.properties)).toEqual(Object.keys(Snapshot.shape))
    expect(schema.required).toEqual(Object.keys(Snapshot.shape))
  })

  it('names every field that the public format promises', () => {
    expect(Object.keys(schema.properties.namespaces.items.properties)).toEqual(expect.arrayContaining(['type', 'container', 'host', 'verdict', 'sharedWith', 'source']))
    expect(Object.keys(schema.properties.processes.items.properties)).toEqual(expect.arrayContaining(['pid', 'hostPid', 'ppid', 'hostPpid', 'uid', 'hostUid', 'state', 'command', 'args', 'startedAt', 'rssBytes', 'cpuSeconds']))
    expect(Object.keys(schema.properties.problems.items.properties)).toEqual(['code', 'what', 'fix'])
  })
})
