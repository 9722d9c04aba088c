import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { composeSnippet } from '../../../../shared/run/compose-snippet'
import { parseRunLine } from '../../../../shared/run/parse-run-line'
import { yamlText } from '../../../../shared/run/yaml-text'
import { anyPlan } from './arbitrary-plan'

const snippet = (line: string): string => composeSnippet(parseRunLine(line))

describe('the Compose file of a plan', () => {
  it('is the service, and nothing more', () => {
    expect(snippet('docker run -p 8080:80 -e A=1 --memory 512m nginx')).toBe([
      'services:', '  app:', '    image: nginx', '    environment:', '      - "A=1"', '    ports:', '      - "8080:80"', '    mem_limit: "512m"', '',
    ].join('\n'))
  })

  it('says in a comment what it cannot say', () => {
    expect(snippet('docker run -d --rm -P nginx').match(/^# .*$/gm)).toHaveLength(3)
    expect(snippet('docker run nginx')).not.toContain('#')
  })

  it('names the network and the volume that are there', () => {
    expect(parse(snippet('docker run --network back -v data:/data -v /srv:/srv:ro --mount type=volume,source=more,target=/more nginx'))).toMatchObject({
      services: { app: { networks: ['back'], volumes: ['data:/data', '/srv:/srv:ro', { type: 'volume', source: 'more', target: '/more' }] } },
      networks: { back: { name: 'back', external: true } },
      volumes: { data: { name: 'data' }, more: { name: 'more' } },
    })
  })

  it('takes the image’s entrypoint away where the line does', () => {
    expect(parse(snippet('docker run --entrypoint= nginx')).services.app.entrypoint).toEqual([])
  })

  it('is read by another’s YAML as what was asked for, whatever that is', () => {
    const dollars = (text: string): string => text.replaceAll('$', '$$$$')
    fc.assert(fc.property(anyPlan, (plan) => {
      const [service] = Object.values<Record<string, unknown>>(parse(composeSnippet(plan)).services)
      expect(service?.command ?? []).toEqual(plan.command.map(dollars))
      expect(service?.environment ?? []).toEqual(plan.environment.map(({ name, value }) => dollars(`${name}=${value}`)))
      expect(service?.user ?? '').toBe(dollars(plan.user))
    }), { numRuns: 500 })
  })

  it.each(['yes', 'no', 'on', '1', '1.5', '0x1f', '1:30', '2026-01-01', '~', 'null', '- a', 'a: b', '#', '', ' ', '\u2028', '\x7F', '.inf', '<<', '=', '*a', '&a', '!a'])('keeps %j a text', (text) => {
    expect(parse(yamlText(text))).toBe(text)
    expect(parse(yamlText(text), { version: '1.1' })).toBe(text)
  })
})
