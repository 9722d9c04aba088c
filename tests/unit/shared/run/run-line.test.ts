import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RunPlan } from '../../../../shared/model/run-plan'
import { parseRunLine } from '../../../../shared/run/parse-run-line'
import { runLine } from '../../../../shared/run/run-line'
import { shellQuote } from '../../../../shared/text/shell-quote'
import { shellWords } from '../../../../shared/run/shell-words'
import { anyPlan, planWith } from './arbitrary-plan'

describe('the line of a plan', () => {
  it('is read back as that plan, whatever is in it', () => {
    fc.assert(fc.property(anyPlan, (plan) => {
      expect(RunPlan.parse(plan)).toEqual(plan)
      expect(parseRunLine(runLine(plan))).toEqual(plan)
    }), { numRuns: 2000 })
  })

  it('is one that can be read', () => {
    const line = 'docker run -dit --rm --name web --user 1000:1000 -e \'A=it is\' --network none -p 127.0.0.1:8080:80 -v /srv:/data:ro --read-only --cap-drop ALL --cpus 1.5 --memory 512m nginx:1.27 nginx -g \'daemon off;\''
    expect(runLine(parseRunLine(line))).toBe(line)
  })
})

describe('quoting', () => {
  const word = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 20 }).filter(text => !/[\0\r]/.test(text)),
    fc.string({ unit: fc.constantFrom(...'~#$`\'"\\ \t\n*?[]{},.;&|<>()!=-:/a1é'), maxLength: 8 }),
  )

  it('gives words that are read back as they were', () => {
    fc.assert(fc.property(fc.array(word), (words) => {
      expect(shellWords(words.map(shellQuote).join(' ')).map(({ text }) => text)).toEqual(words)
    }), { numRuns: 2000 })
  })

  it('gives words that a shell reads as they were', () => {
    const words = fc.sample(word, { numRuns: 300, seed: 7 })
    const printed = execFileSync('sh', ['-c', `for word in ${words.map(shellQuote).join(' ')}; do printf '%s\\0' "$word"; done`], { encoding: 'utf8' })
    expect(printed.split('\0').slice(0, -1)).toEqual(words)
  })
})

it('says an empty value where it says something else than none', () => {
  expect(runLine(planWith({ entrypoint: '', command: [''] }))).toBe('docker run --entrypoint \'\' busybox \'\'')
})
