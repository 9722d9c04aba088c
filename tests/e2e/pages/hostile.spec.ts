import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { removeAll, startContainer, type StartedContainer } from '../../support/containers'
import { ensureBusyboxImage } from '../../support/test-images'
import { expect, test } from '../app'
import { walkPages } from '../walk-pages'

const run = promisify(execFile)

/** Each would do something where text is taken for more than text: markup, a template, ECharts' rich text, a terminal, the direction of writing. */
const HARM = [
  '<img src=x onerror=window.__pwn=1>',
  '"><svg onload=window.__pwn=1>',
  '<a href=javascript:window.__pwn=1>link</a>',
  '{{constructor.constructor("window.__pwn=1")()}}',
  '{a|b}{c|',
  'esc\x1B]0;pwn\x07\x1B[31mred',
  'bidi\u202Egnp.exe\u2066\u200B',
].join('')
/** The same in what a file may be called. */
const HARMFUL_NAME = HARM.replaceAll('/', '')
/** How the same reads on a page: what cannot be seen is written out. */
const ESCAPED = ['esc\\x1b]0;pwn\\x07\\x1b[31mred', 'bidi\\u202egnp.exe\\u2066\\u200b']
const isUnseen = (text: string): boolean => ['\x1B', '\x07', '\u202E', '\u2066', '\u200B'].some(character => text.includes(character))
/** The kernel takes no longer argument than 128 KiB. */
const LONG = 'L'.repeat(64 * 1024)

let hostile: StartedContainer

test.beforeAll(async () => {
  hostile = await startContainer({
    name: 'hostile',
    image: await ensureBusyboxImage(),
    flags: [
      '--label', '__proto__=polluted', '--label', 'constructor=polluted', '--label', 'toString=polluted',
      '--label', `${HARM.replaceAll(/[\s=]/g, '')}=${HARM}`, '--env', `${HARM.replaceAll('=', '')}=1`, '--env', '__proto__=polluted',
      '--hostname', '<b onclick=window.__pwn=1>', '--workdir', `/${HARMFUL_NAME}`,
      '--volume', `/mnt/${HARMFUL_NAME}`.replaceAll(':', ''),
    ],
    command: ['sh', '-c', 'mkdir "/$0"; touch "/$0/$0"; printf "%s:x:77:77::/:/bin/sh\\n" "${0%%:*}" >> /etc/passwd; while :; do sleep 1000; done', HARMFUL_NAME, HARM, LONG, '__proto__'],
  })
})
test.afterAll(removeAll)

test('what a container brings stays text on every page and in the PDF', async ({ page, openApp, exported }) => {
  test.setTimeout(120_000)
  const dialogs: string[] = []
  page.on('dialog', dialog => void dialogs.push(dialog.message()))
  await openApp()
  await expect(page).toHaveTitle('Containers · Isoscope')
  await page.evaluate(() => Reflect.set(window, 'isSameDocument', true))
  const walked = await walkPages(page, hostile.name)

  const texts = walked.flatMap(held => held.texts)
  for (const escaped of ESCAPED)
    expect(texts.some(text => text.includes(escaped)), escaped).toBe(true)
  expect(texts.some(text => text.includes(HARM.slice(0, 60))), 'markup is shown as it was written').toBe(true)
  const unseen = [...texts, ...walked.flatMap(held => held.attributes)].filter(isUnseen)
  expect(unseen).toEqual([])
  expect(walked.flatMap(held => held.active)).toEqual([])
  expect(await page.evaluate(() => ({
    pwn: Reflect.has(window, '__pwn'),
    polluted: Reflect.get({}, 'polluted') ?? Object.keys(Object.prototype),
    isSameDocument: Reflect.get(window, 'isSameDocument'),
  }))).toEqual({ pwn: false, polluted: [], isSameDocument: true })
  await expect(page).toHaveTitle(new RegExp(`^${hostile.name} · `))
  expect(dialogs).toEqual([])

  await page.getByRole('radio', { name: /^PDF/ }).check()
  const { path } = await exported(() => page.getByRole('button', { name: 'Export PDF' }).click())
  // Without blanks: a long name is broken over lines.
  const printed = (await run('pdftotext', [path, '-'])).stdout.replace(/\s/g, '')
  expect(printed).toContain('<imgsrc=xonerror=window.__pwn=1>')
  for (const escaped of ESCAPED)
    expect(printed).toContain(escaped)
  expect(isUnseen(printed)).toBe(false)
  expect((await readFile(path, 'latin1')).match(/\/(JavaScript|JS|Launch|OpenAction|EmbeddedFile|RichMedia|URI)\b/g)).toBeNull()
})
