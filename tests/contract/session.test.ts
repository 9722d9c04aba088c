import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSession, openSocket, postToken, tokenOf } from '../support/web-client'
import { httpRequest, sendRaw } from './raw-http'
import { startTestHost, type TestHost } from './test-host'

describe('a link', () => {
  let test: TestHost
  beforeEach(async () => { test = await startTestHost() })
  afterEach(() => test.host.close())

  it('carries 256 bits in its fragment, on the literal address', () => {
    expect(test.links).toEqual([expect.stringMatching(new RegExp(`^http://127\\.0\\.0\\.1:${test.host.port}/#token=[A-Za-z0-9_-]{43}$`))])
  })

  it('opens one session, then a new link is printed for the next browser', async () => {
    const [first, second] = [await openSession(test.host.port, tokenOf(test.links)), await openSession(test.host.port, tokenOf(test.links))]
    expect(first).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(second).not.toBe(first)
    expect(test.links.length).toBe(3)
    for (const session of [first, second])
      (await openSocket(test.host.port, session)).terminate()
  })

  it('cannot be used twice', async () => {
    const token = tokenOf(test.links)
    expect((await postToken(test.host.port, token)).status).toBe(200)
    expect((await postToken(test.host.port, token)).status).toBe(403)
  })

  it('is used by one of many who try at once', async () => {
    const token = tokenOf(test.links)
    const answers = await Promise.all(Array.from({ length: 20 }, () => postToken(test.host.port, token)))
    expect(answers.filter(({ status }) => status === 200).length).toBe(1)
  })

  it('is replaced after five wrong tries, so guessing never ends', async () => {
    const token = tokenOf(test.links)
    for (let count = 0; count < 5; count += 1)
      expect((await postToken(test.host.port, `wrong${count}`)).status).toBe(403)
    expect(test.links.length).toBe(2)
    expect((await postToken(test.host.port, token)).status).toBe(403)
    expect((await postToken(test.host.port, tokenOf(test.links))).status).toBe(200)
  })

  const notTokens: unknown[] = [null, 7, '', {}, [], true, ' ', '\u0000', '١٢٣', { toString: 'x' }, 'A'.repeat(43), 'A'.repeat(900)]
  it.each(notTokens)('is not %j', async (token) => {
    const answer = await postToken(test.host.port, token)
    expect([answer.status, await answer.text()]).toEqual([403, 'Forbidden\n'])
  })

  it('is not a token with anything before or after it', async () => {
    for (const spoilt of [` ${tokenOf(test.links)}`, `${tokenOf(test.links)}\u0000`, tokenOf(test.links).slice(1)])
      expect((await postToken(test.host.port, spoilt)).status).toBe(403)
  })

  const bodies = ['', '{', '[]', 'null', '"token"', '{"token"', '{"__proto__":{"token":"x"}}', 'token=x']
  it.each(bodies)('does not come in the body %j', async (body) => {
    const headers = [`Host: 127.0.0.1:${test.host.port}`, `Origin: http://127.0.0.1:${test.host.port}`, 'Content-Type: application/json', `Content-Length: ${body.length}`]
    expect(await sendRaw(test.host.port, httpRequest('POST /session', headers, body))).toMatchObject({ status: 403, body: 'Forbidden\n' })
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/json; charset=utf-8', ''])('is not taken from a body of type %j', async (type) => {
    const token = tokenOf(test.links)
    const body = JSON.stringify({ token })
    const headers = [`Host: 127.0.0.1:${test.host.port}`, `Origin: http://127.0.0.1:${test.host.port}`, `Content-Type: ${type}`, `Content-Length: ${body.length}`]
    expect((await sendRaw(test.host.port, httpRequest('POST /session', headers, body))).status).toBe(403)
    expect(tokenOf(test.links)).toBe(token)
  })

  it('does not come in a body that never ends', async () => {
    const headers = [`Host: 127.0.0.1:${test.host.port}`, `Origin: http://127.0.0.1:${test.host.port}`, 'Content-Type: application/json', 'Transfer-Encoding: chunked']
    const flood = '1000\r\n'.padEnd(6 + 4096, 'a')
    expect([0, 400, 403]).toContain((await sendRaw(test.host.port, httpRequest('POST /session', headers, `${flood}\r\n`.repeat(64)))).status)
    expect((await postToken(test.host.port, tokenOf(test.links))).status).toBe(200)
  })
})
