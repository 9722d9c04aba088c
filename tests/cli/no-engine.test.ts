import { describe, expect, it } from 'vitest'
import { isoscope } from './run-isoscope'

describe('with no engine to be reached', () => {
  it.each([
    [['ls']], [['ls', '--json']], [['snapshot', 'web']], [['snapshot', 'web', '--json']], [['report', 'web', '-o', '/nonexistent/report.html']],
  ])('%j ends with 1 and tells what was tried and how to start one', async (args) => {
    const { code, stdout, stderr } = await isoscope(args, { DOCKER_HOST: 'unix:///nonexistent/docker.sock' })
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^No Docker engine answered\.\n\nTried:\n {2}unix:\/\/\/nonexistent\/docker\.sock \(DOCKER_HOST\)\n {4}\S/)
    expect(stderr).toContain('To start one:\n')
    expect(stderr).not.toMatch(/^\s+at /m)
  })

  it('shows an address that would move the cursor, and sends it nowhere', async () => {
    const { code, stderr } = await isoscope(['ls'], { DOCKER_HOST: 'unix:///tmp/\x1b]0;title\x07' })
    expect(code).toBe(1)
    expect(stderr.split('\n').filter(line => /\p{Cc}/u.test(line))).toEqual([])
  })
})
