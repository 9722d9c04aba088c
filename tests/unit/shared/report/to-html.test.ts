import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cssString, escapeHtml, html } from '../../../../shared/report/html/markup'
import { toHtml } from '../../../../shared/report/to-html'
import { HOSTILE, hostileSnapshot } from '../hostile-snapshot'
import { nodeappSnapshot, stoppedSnapshot } from '../nodeapp-snapshot'

/** What a reader sees, roughly: without tags, entities read. */
const textOf = (page: string): string => page
  .replace(/<style>[\s\S]*?<\/style>/, '')
  .replace(/<[^>]*>/g, ' ')
  .replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#39;/g, '\'').replace(/&amp;/g, '&')
  .replace(/[ \n]+/g, ' ')

const OUR_TAGS = new Set([
  'html', 'head', 'meta', 'title', 'style', 'body', 'header', 'main', 'section', 'h1', 'h2', 'h3', 'p', 'span', 'div', 'b', 'code', 'ol', 'ul', 'li', 'dl', 'dt', 'dd',
  'table', 'caption', 'colgroup', 'col', 'thead', 'tbody', 'tr', 'th', 'td', 'figure', 'figcaption', 'svg', 'rect', 'path', 'text',
])
const tagsOf = (page: string): string[] => [...new Set([...page.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(match => match[1] ?? ''))]

describe('the HTML report', () => {
  const page = toHtml(nodeappSnapshot())

  it('has the whole story: both counts, names, PIDs, folders and all eight verdicts', () => {
    const text = textOf(page)
    for (const fact of ['nodeapp-container', '2 processes', '90 processes', '3f9c1f0b7d2e', 'build-host-7', '48213', '14 names', '20 names', 'eth0', '172.17.0.2/16'])
      expect(text).toContain(fact)
    for (const wall of ['mnt private', 'pid private', 'net private', 'ipc private', 'uts private', 'user host', 'cgroup host', 'time host'])
      expect(text).toContain(wall)
    expect(text).toContain('5 of 8 namespaces are private; 3 are the host’s (user, cgroup, time). 7 findings need action, 4 are worth knowing.')
  })

  it('carries what it is about in its title and language', () => {
    expect(page).toContain('<html lang="en">')
    expect(page).toContain('<title>Isolation of nodeapp-container on Docker Engine 20.10.24, 2026-11-24 12:30:05 UTC (Isoscope 0.1.0)</title>')
  })

  it('runs nothing and asks for nothing', () => {
    expect(page).toContain('default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:')
    expect(page).not.toMatch(/<script|<link|<iframe|<img|\bsrc=|\bhref=|url\(|@import/)
  })

  it('has headings in order, without a gap', () => {
    const levels = [...page.matchAll(/<h([1-6])/g)].map(match => Number(match[1]))
    expect(levels[0]).toBe(1)
    expect(levels.filter(level => level === 1)).toHaveLength(1)
    for (const [index, level] of levels.entries())
      expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1)
  })

  it('gives every picture a text and every table a head and a caption', () => {
    const count = (pattern: RegExp): number => [...page.matchAll(pattern)].length
    expect(count(/<svg role="img"/g)).toBe(count(/<svg/g))
    expect(count(/<svg[^>]*><title>[^<]+<\/title>/g)).toBe(count(/<svg/g))
    expect(count(/<caption>[^<]+<\/caption>/g)).toBe(count(/<table/g))
    expect(count(/<thead>/g)).toBe(count(/<table/g))
    expect(count(/<th /g)).toBe(count(/<th scope="col"/g))
  })

  it('says how each fact was read', () => {
    const text = textOf(page)
    for (const { detail, command } of Object.values(nodeappSnapshot().evidence)) {
      if (detail === 'GET /version')
        continue
      expect(text).toContain(detail)
      expect(text).toContain(command)
    }
  })

  it('lists what is unknown with its reason', () => {
    const text = textOf(toHtml(nodeappSnapshot((draft) => {
      draft.processCounts.host = null
      draft.hostProcesses = []
      draft.evidence['processCounts.host'].unknownBecause = 'The engine runs on another machine.'
      draft.problems.push({ code: 'PROC_ELSEWHERE', what: 'The processes of the host cannot be seen.', fix: 'Run Isoscope there.' })
    })))
    const last = text.slice(text.indexOf('What could not be collected'))
    expect(last).toContain('Note 1: The engine runs on another machine. Unknown therefore This would show it the number of processes on the host ps -e')
    expect(last).toContain('PROC_ELSEWHERE The processes of the host cannot be seen. Run Isoscope there.')
    expect(text).toContain('How many processes are there? 2 processes unknown')
  })

  it('states a reason once, however many facts it holds for, and says what was only declared nowhere as in force', () => {
    const because = 'This computer’s /proc does not show the container as PID 48213.'
    const page = toHtml(nodeappSnapshot((draft) => {
      for (const fact of ['network.inside', 'users.inside', 'users.idMaps', 'files.mounts', 'security'] as const)
        draft.evidence[fact].unknownBecause = because
      Object.assign(draft.evidence.cgroup, { source: 'none', unknownBecause: `${because}; the limits are those declared` })
      draft.evidence['hostname.inside'].detail = `Config.Hostname as declared: ${because}`
      Object.assign(draft.cgroup.memory, { limitBytes: 268_435_456, usageBytes: null, peakBytes: null, reclaimableBytes: null })
      Object.assign(draft.users, { inside: null, host: null, uidMap: null, gidMap: null, main: { uid: null, user: null, hostUid: null, hostUser: null } })
      Object.assign(draft.security, { capabilities: null, seccomp: null })
    }))
    const text = textOf(page)
    expect(text.split(because)).toHaveLength(2)
    expect(text).toContain(`Note 1: ${because} Unknown therefore This would show it the mounts`)
    expect(text).toContain('limits and usage (the limits are those declared) docker stats')
    expect(text).toContain('the network inside unknown: note 1 cat')
    expect(text).toContain('the host name inside Config.Hostname as declared: note 1 docker exec')
    expect(text).toContain('Could not be decided: note 1 Rule Evidence')
    expect(text).toContain('Memory unknown not set unknown unknown Processor time')
    expect(text).toContain('The users could not be read, neither inside nor on the host.')
    expect(text).toContain('Which user is it? unknown unknown')
    expect(text).not.toMatch(/unknown; |: unknown[,;]|uid unknown|unknown could/)
  })

  it('counts at least what it lists where there may be more, and says why', () => {
    const because = 'whether process 4711 is in its PID namespace too could not be told'
    const text = textOf(toHtml(nodeappSnapshot((draft) => {
      draft.processCounts.inside = null
      draft.evidence.processes.unknownBecause = because
      draft.evidence['processCounts.inside'].unknownBecause = because
    })))
    expect(text).toContain('How many processes are there? at least 2 processes 90 processes')
    expect(text).toContain('The container may see more processes than these: note 1.')
    expect(text).toContain(`Note 1: ${because}`)
  })

  it('tells an interface that leads nowhere from one of which that is not known', () => {
    const because = '/proc/7/root: no permission to read it'
    const text = textOf(toHtml(nodeappSnapshot((draft) => {
      for (const each of draft.network.inside?.interfaces ?? [])
        Object.assign(each, each.name === 'lo' ? {} : { hostPeer: null, hostBridge: null, hostPeerUnknownBecause: because })
    })))
    expect(text).toMatch(/lo 127\.0\.0\.1\/8 not reported 00:00:00:00:00:00 [^ ]+ B [^ ]+ B –/)
    expect(text).toMatch(/eth0 172\.17\.0\.2\/16 up 02:42:ac:11:00:02 .{1,20} unknown/)
    expect(text).toContain(`Inside: where it says unknown, what an interface leads to could not be told: ${because}.`)
  })

  it('never draws an unknown wall as a private one', () => {
    const text = textOf(toHtml(stoppedSnapshot()))
    expect(text).toContain('The container is not running: it has no namespaces now.')
    for (const type of ['mnt', 'pid', 'net', 'ipc', 'uts', 'user', 'cgroup', 'time'])
      expect(text).toContain(`${type} unknown ?`)
    expect(text).not.toMatch(/\bmnt private/)
  })
})

describe('a hostile container in the HTML report', () => {
  const page = toHtml(hostileSnapshot())

  it('adds no markup of its own', () => {
    expect(tagsOf(page).filter(tag => !OUR_TAGS.has(tag))).toEqual([])
    expect(page).not.toContain('<script')
    expect(page.match(/<\/style>/g)).toHaveLength(1)
    expect(page.match(/\p{Cf}/u)).toBe(null)
    expect(page.includes('\u001B')).toBe(false)
    expect(page).toContain('\\u202egpj.exe\\u200b')
  })

  it('ends no string of the style sheet', () => {
    const sheet = page.slice(page.indexOf('<style>'), page.indexOf('</style>'))
    expect(sheet).toContain('window.__pwn')
    expect(sheet.replace(/"[^"]*"/g, '')).not.toMatch(/window|@import|"/)
  })

  it('stays a document that can be opened, and says what it left out', () => {
    expect(page.length).toBeLessThan(600_000)
    const text = textOf(page)
    expect(text).toContain('and 4\u202F800 more processes')
    expect(text).toContain('and 4\u202F980 more processes')
    expect(text).toContain('and 79\u202F940 more paths')
    expect(text).toContain('1\u202F234\u202F567')
  })
})

describe('markup', () => {
  it('lets no character of data open a tag, an entity or an attribute', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(escapeHtml(text)).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/)
      expect(html`<p title="${text}">${[text]}</p>`.text).toBe(`<p title="${escapeHtml(text)}">${escapeHtml(text)}</p>`)
    }))
  })

  it('keeps data inside of a CSS string', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(cssString(text).text).toMatch(/^"(?:[A-Za-z0-9 .,:_-]|\\[0-9a-f]{1,6} )*"$/)
    }))
    expect(cssString('a"} </style>\n').text).toBe('"a\\22 \\7d  \\3c \\2f style\\3e \\5c n"')
  })

  it('survives any name', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => {
      const page = toHtml(nodeappSnapshot((draft) => { draft.container.name = name + HOSTILE }))
      expect(tagsOf(page).filter(tag => !OUR_TAGS.has(tag))).toEqual([])
    }), { numRuns: 25 })
  })
})
