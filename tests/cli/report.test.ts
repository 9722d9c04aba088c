import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { Snapshot } from '../../shared/model/snapshot'
import { removeAll, startContainer, type StartedContainer } from '../support/containers'
import { docker } from '../support/docker'
import { ensureBusyboxImage } from '../support/test-images'
import { isoscope, startIsoscope } from './run-isoscope'

const run = promisify(execFile)

let container: StartedContainer
let folder: string
let path: string

beforeAll(async () => {
  container = await startContainer({ name: 'cli-report', image: await ensureBusyboxImage(), command: ['sleep', '1000'] })
})
afterAll(removeAll)
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isoscope-test-report-'))
  await mkdir(join(folder, 'tmp'))
  path = join(folder, 'report')
})
afterEach(() => rm(folder, { recursive: true }))

/** Its temporary files go into a folder of this test, so that what it leaves can be seen. */
const report = (file: string, env: Record<string, string> = {}, flags: string[] = []): ReturnType<typeof isoscope> =>
  isoscope(['report', container.name, '-o', file, ...flags], { TMPDIR: join(folder, 'tmp'), ...env })

async function fakeBrowser(script: string): Promise<string> {
  const browser = join(folder, 'browser')
  await writeFile(browser, `#!/bin/sh\n${script}\n`)
  await chmod(browser, 0o755)
  return browser
}

/** As ps(1) says; `Z` has ended and waits for whoever started it, nothing is gone for good. */
const stateOf = (pid: number): Promise<string> =>
  run('ps', ['-o', 'state=', '-p', String(pid)]).then(({ stdout }) => stdout.trim(), () => '')

describe('a report', () => {
  it('as PDF is tagged, has an outline and a title, and tells what docker tells', async () => {
    expect(await report(`${path}.pdf`)).toEqual({ code: 0, stdout: `Wrote ${path}.pdf\n`, stderr: '' })
    const { stdout: facts } = await run('pdfinfo', [`${path}.pdf`])
    expect(facts).toMatch(new RegExp(`^Title:.*${container.name}`, 'm'))
    expect(facts).toMatch(/^Tagged: +yes$/m)
    expect(facts).toMatch(/^JavaScript: +no$/m)
    expect(facts).toMatch(/^Page size:.*\(A4\)$/m)
    const bytes = await readFile(`${path}.pdf`, 'latin1')
    expect(bytes).toContain('/Outlines')
    expect(['/JavaScript', '/Launch', '/OpenAction', '/EmbeddedFile', '/RichMedia'].filter(name => bytes.includes(name))).toEqual([])
    const { stdout: words } = await run('pdftotext', ['-layout', `${path}.pdf`, '-'])
    expect(words).toContain(container.name)
    expect(words).toContain(await docker('exec', container.name, 'hostname'))
    expect(await readdir(join(folder, 'tmp'))).toEqual([])
  })

  it('as HTML is one document', async () => {
    expect((await report(`${path}.HTML`)).code).toBe(0)
    const html = await readFile(`${path}.HTML`, 'utf8')
    expect(html).toMatch(/^<!doctype html>/)
    expect(html).toContain(container.name)
  })

  it('as JSON is the snapshot', async () => {
    expect((await report(`${path}.json`)).code).toBe(0)
    const snapshot = Snapshot.parse(JSON.parse(await readFile(`${path}.json`, 'utf8')))
    expect([snapshot.container.id, snapshot.processCounts.inside]).toEqual([container.id, 1])
  })

  it('as Markdown names the container', async () => {
    expect((await report(`${path}.md`)).code).toBe(0)
    expect(await readFile(`${path}.md`, 'utf8')).toContain(container.name)
  })

  it('with --redact keeps the host\'s name to itself', async () => {
    const hostname = await docker('info', '--format', '{{.Name}}')
    expect((await report(`${path}.json`, {}, ['--redact'])).code).toBe(0)
    const snapshot = Snapshot.parse(JSON.parse(await readFile(`${path}.json`, 'utf8')))
    expect(snapshot.hostname.host).not.toBe(hostname)
  })
})

describe('a report that cannot be written leaves the file that was there, and nothing else', () => {
  const expectUntouched = async (): Promise<void> => {
    expect(await readFile(`${path}.pdf`, 'utf8')).toBe('old')
    expect((await readdir(folder)).filter(name => name !== 'browser').sort()).toEqual(['report.pdf', 'tmp'])
    expect(await readdir(join(folder, 'tmp'))).toEqual([])
  }
  beforeEach(() => writeFile(`${path}.pdf`, 'old'))

  it('when there is no browser, and HTML is named as the way out', async () => {
    const { code, stdout, stderr } = await report(`${path}.pdf`, { ISOSCOPE_BROWSER: '/nonexistent/browser' })
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain('-o file.html')
    await expectUntouched()
  })

  it.each([
    ['ends at once', 'exit 0'],
    ['prints half a PDF', 'for a in "$@"; do case $a in --print-to-pdf=*) printf "%%PDF-1.4 half" > "${a#--print-to-pdf=}";; esac; done'],
    ['prints something else', 'for a in "$@"; do case $a in --print-to-pdf=*) echo "<html>%%EOF" > "${a#--print-to-pdf=}";; esac; done'],
  ])('when the browser %s', async (_words, script) => {
    const { code, stdout, stderr } = await report(`${path}.pdf`, { ISOSCOPE_BROWSER: await fakeBrowser(script) })
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain('without a whole PDF')
    await expectUntouched()
  })

  it('when it is interrupted, and the browser with its children ends too', async () => {
    const browser = await fakeBrowser(`sleep 987 & echo $! > ${join(folder, 'child')}; wait`)
    const child = startIsoscope(['report', container.name, '-o', `${path}.pdf`], { TMPDIR: join(folder, 'tmp'), ISOSCOPE_BROWSER: browser })
    const ended = new Promise(resolve => child.once('close', resolve))
    const pid = await vi.waitFor(async () => {
      const text = await readFile(join(folder, 'child'), 'utf8')
      expect(text).toMatch(/^\d+\n$/)
      return Number(text)
    }, 10_000)
    child.kill('SIGINT')
    expect(await ended).toBe(1)
    await vi.waitFor(async () => expect(await stateOf(pid)).toMatch(/^Z?$/))
    await rm(join(folder, 'child'))
    await expectUntouched()
  })

  it('when the disk is full', async () => {
    const disk = join(folder, 'disk')
    await mkdir(disk)
    await run('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', disk])
    try {
      await writeFile(join(disk, 'report.html'), 'old')
      const { code, stderr } = await report(join(disk, 'report.html'))
      expect(code).toBe(1)
      expect(stderr).toContain('ENOSPC')
      expect([await readdir(disk), await readFile(join(disk, 'report.html'), 'utf8')]).toEqual([['report.html'], 'old'])
    }
    finally {
      await run('umount', [disk])
      await rm(disk, { recursive: true })
    }
    await expectUntouched()
  })

  it('when its folder is not there', async () => {
    const { code, stderr } = await report(join(folder, 'missing', 'report.html'))
    expect(code).toBe(1)
    expect(stderr).toContain('Make the folder first')
    await expectUntouched()
  })
})
