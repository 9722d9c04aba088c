import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerPageFiles, listPageFiles } from '../../../electron/app-protocol'
import type { Answer, Answerer } from '../../../electron/scheme-answers'
import { pagePolicy } from '../../../shared/contract/page-policy'

let folder: string
let answer: Answerer

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'isoscope-page-'))
  mkdirSync(join(folder, 'page/assets'), { recursive: true })
  writeFileSync(join(folder, 'page/index.html'), '<p>page</p>')
  writeFileSync(join(folder, 'page/assets/a.js'), 'void 0')
  writeFileSync(join(folder, 'page/assets/a.js.map'), '{}')
  writeFileSync(join(folder, 'secret.html'), 'secret')
  symlinkSync(join(folder, 'secret.html'), join(folder, 'page/link.html'))
  answer = answerPageFiles(listPageFiles(join(folder, 'page')))
  writeFileSync(join(folder, 'page/later.html'), 'made after the start')
})
afterAll(() => rmSync(folder, { recursive: true }))

const get = (address: string, method = 'GET'): Promise<Answer> => answer(method, new URL(address))

it('serves a file of the page with its type, the policy and nosniff', async () => {
  expect(await get('app://isoscope/index.html')).toEqual({
    status: 200,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': pagePolicy('\'self\''),
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Resource-Policy': 'same-origin',
    },
    body: Buffer.from('<p>page</p>'),
  })
})

it('knows a file in a folder, and what is behind the question mark does not matter', async () => {
  expect((await get('app://isoscope/assets/a.js?x=/../..#y')).body.toString()).toBe('void 0')
})

describe('answers 404, with no body, for', () => {
  it.each([
    'app://isoscope/', 'app://isoscope', 'app://isoscope/assets', 'app://isoscope/assets/', 'app://isoscope/none.html',
    'app://isoscope/../secret.html', 'app://isoscope/assets/../../secret.html', 'app://isoscope/%2e%2e/secret.html',
    'app://isoscope/..%2fsecret.html', 'app://isoscope/..%2Fsecret.html', 'app://isoscope/..%5csecret.html', 'app://isoscope/..\\secret.html',
    'app://isoscope/....//secret.html', 'app://isoscope//index.html', 'app://isoscope/./%2e/../index.html/', 'app://isoscope/index.html/',
    'app://isoscope/index.html%00', 'app://isoscope/index.html%00.js', 'app://isoscope/INDEX.HTML', 'app://isoscope/index%2ehtml',
    'app://isoscope/etc/passwd', 'app://isoscope//etc/passwd', 'app://isoscope/link.html', 'app://isoscope/later.html', 'app://isoscope/assets/a.js.map',
    'app://isoscope/constructor', 'app://isoscope/__proto__', 'app://evil/index.html', 'app://isoscope.evil/index.html',
    'app://isoscope:1/index.html', 'app:///index.html', 'app:/index.html', 'app:index.html',
  ])('%s', async (address) => {
    const { status, body } = await get(address)
    expect({ status, bytes: body.length }).toEqual({ status: 404, bytes: 0 })
  })
})

it.each(['POST', 'PUT', 'HEAD', 'DELETE', 'get'])('refuses %s', async (method) => {
  expect((await get('app://isoscope/index.html', method)).status).toBe(405)
})
