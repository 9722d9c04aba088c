import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ShellRequest } from '../../../../shared/model/shell'
import { shellCommand } from '../../../../shared/text/shell-command'

it.each([
  [{ shell: '/bin/sh', user: '', workingDirectory: '' }, 'docker exec -it web /bin/sh'],
  [{ shell: 'bash', user: 'app:1000', workingDirectory: '/a b' }, 'docker exec -it -u app:1000 -w \'/a b\' web bash'],
])('%j is %s', (request, command) => {
  expect(shellCommand(request, 'web')).toBe(command)
})

it('is taken by a shell for the words that it was made of, whatever they are', () => {
  const word = fc.string({ minLength: 1 }).filter(text => /^[^\p{Cc}\p{Cs}]+$/u.test(text))
  fc.assert(fc.property(word, word, (shell, folder) => {
    const command = shellCommand({ shell, user: '', workingDirectory: `/${folder}` }, 'web')
    const words = execFileSync('sh', ['-c', `printf '%s\\n' ${command}`], { encoding: 'utf8' }).slice(0, -1).split('\n')
    expect(words.slice(-4)).toEqual(['-w', `/${folder}`, 'web', shell])
  }), { numRuns: 50 })
})

const RIGHT = { containerId: 'a'.repeat(64), shell: '/bin/sh', user: '', workingDirectory: '', columns: 80, rows: 24 }

it.each([
  { containerId: 'web' },
  { shell: '' },
  { shell: '/bin/\0sh' },
  { shell: 's'.repeat(4097) },
  { user: 'a b' },
  { user: 'a\nb' },
  { workingDirectory: 'tmp' },
  { workingDirectory: '/a\x1b' },
  { columns: 0 },
  { columns: 1001 },
  { rows: 1.5 },
])('%j is refused', (wrong) => {
  expect(ShellRequest.safeParse(RIGHT).success).toBe(true)
  expect(ShellRequest.safeParse({ ...RIGHT, ...wrong }).success).toBe(false)
})
