import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { docker } from '../support/docker'
import { ensureBusyboxImage } from '../support/test-images'
import { isoscope } from './run-isoscope'

interface Created {
  id: string
  name: string
}

const created: Created[] = []
let sharedDigit: string

/** Seventeen ids cannot all begin with different digits; it seldom takes as many. */
beforeAll(async () => {
  const image = await ensureBusyboxImage()
  const digits = new Set<string>()
  for (;;) {
    const name = `isoscope-test-cli-name-${randomBytes(4).toString('hex')}`
    const id = await docker('create', '--name', name, image, 'true')
    created.push({ id, name })
    const digit = id.slice(0, 1)
    if (digits.has(digit)) {
      sharedDigit = digit
      return
    }
    digits.add(digit)
  }
})
afterAll(() => docker('rm', ...created.map(({ id }) => id)))

describe('a container\'s name on the command line', () => {
  it('may be its name, its id or the beginning of its id', async () => {
    const [first] = created
    for (const text of [first?.name, first?.id, first?.id.slice(0, 12)]) {
      const { code, stdout } = await isoscope(['snapshot', text ?? ''])
      expect([code, stdout.split('\n')[0]]).toEqual([0, first?.name])
    }
  })

  it('that begins two ids is refused, and both are named', async () => {
    const { code, stdout, stderr } = await isoscope(['snapshot', sharedDigit])
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^\d+ ids begin with "[0-9a-f]"\.\n/)
    for (const { id, name } of created.filter(({ id }) => id.startsWith(sharedDigit)))
      expect(stderr).toContain(`${name} (${id.slice(0, 12)})`)
  })

  it('that nothing has is refused, and what there is is named', async () => {
    const { code, stdout, stderr } = await isoscope(['report', 'isoscope-test-cli-name', '-o', '/nonexistent/report.html'])
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain('There is no container named "isoscope-test-cli-name"')
    expect(stderr).toContain(created[0]?.name)
  })
})
