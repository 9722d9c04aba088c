import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shellLine } from '../../../../shared/text/shell-quote'
import { splitWords } from '../../../../shared/text/split-words'

/** What the shell of this machine makes of it. */
const byShell = (line: string): string[] => execFileSync('sh', ['-c', `set -f; printf '%s\\0' ${line}`]).toString('utf8').split('\0').slice(0, -1)

describe('a line of words', () => {
  it.each([
    ['node -p "1 + 1"', ['node', '-p', '1 + 1']],
    ['cat  /etc/hosts ', ['cat', '/etc/hosts']],
    ['a"b c"\'d e\'f', ['ab cd ef']],
    ['echo \'\' ""', ['echo', '', '']],
    ['echo it\\\'s \\"so\\"', ['echo', 'it\'s', '"so"']],
    ['"a\\"b" "c\\d" \'e\\\'', ['a"b', 'c\\d', 'e\\']],
    ['printf %s\\\\n a\\ b', ['printf', '%s\\n', 'a b']],
    ['sh -c "echo \\$HOME"', ['sh', '-c', 'echo $HOME']],
  ])('%s', (line, words) => {
    expect(splitWords(line)).toEqual(words)
    expect(byShell(line)).toEqual(words)
  })

  it('takes what a shell would expand or act on as text', () => {
    expect(splitWords('echo $HOME *.ts a;b|c >d `e` #f')).toEqual(['echo', '$HOME', '*.ts', 'a;b|c', '>d', '`e`', '#f'])
  })

  it.each([['echo "a', 'a " is not closed'], ['it\'s', 'a \' is not closed'], ['a\\', 'it ends in a backslash']])('says what is wrong with %s', (line, because) => {
    expect(splitWords(line)).toEqual({ because })
  })

  it('is none where there are only blanks', () => {
    expect(splitWords(' \t ')).toEqual([])
  })
})

it('arguments written as a line are the same arguments, here and in a shell', () => {
  const words = fc.array(fc.oneof(fc.string(), fc.constantFrom('', '\'', '"', '\\', '$(x)', 'a b', '\n', '*', '-n')).filter(word => !word.includes('\0') && !word.includes('\uFFFD')), { minLength: 1, maxLength: 5 })
  fc.assert(fc.property(words, argv => { expect(splitWords(shellLine(argv))).toEqual(argv) }))
  fc.assert(fc.property(words, argv => { expect(byShell(shellLine(argv))).toEqual(argv) }), { numRuns: 20 })
})
