import { describe, expect, it } from 'vitest'
import type { Knob } from '../../../../shared/model/knob'
import { withHiddenValues } from '../../../../shared/run/hidden-values'
import { parseRunLine } from '../../../../shared/run/parse-run-line'
import { runLine } from '../../../../shared/run/run-line'
import { sharedPlaces, siblingChanges, siblingPlan } from '../../../../shared/run/sibling'
import { looksSecret } from '../../../../shared/text/secret-names'

const PID: Knob = { kind: 'pid-host' }
const sibling = (line: string, knob: Knob = PID, inUse: readonly string[] = []): string => runLine(siblingPlan(parseRunLine(`docker run ${line}`), knob, new Set(inUse)))
const changes = (line: string, knob: Knob = PID): string[] => siblingChanges(parseRunLine(`docker run ${line}`), knob)

describe('a sibling', () => {
  it('has its own name, in the background, and stays when it has ended', () => {
    expect(sibling('-it --rm --name web app serve')).toBe('docker run -dit --name web-pid-host --pid host app serve')
    expect(changes('-it --rm --name web app serve')).toEqual(['It is not removed when it ends (--rm), so that it can be looked at.'])
    expect(changes('-d --name web app')).toEqual([])
  })

  it.each<[Knob, string]>([
    [PID, 'web-pid-host'],
    [{ kind: 'memory', bytes: 64 * 1024 ** 2 }, 'web-memory-64m'],
    [{ kind: 'user', user: '1000:1000' }, 'web-user-1000-1000'],
    [{ kind: 'cap-drop-all' }, 'web-cap-drop-all'],
  ])('is named after what is changed', (knob, name) => {
    expect(siblingPlan(parseRunLine('docker run --name web app'), knob, new Set()).name).toBe(name)
  })

  it('takes the first name with a number that is free', () => {
    expect(sibling('--name web app', PID, ['web', 'web-pid-host', 'web-pid-host-2'])).toContain('--name web-pid-host-3 ')
  })

  it('has free ports of the host for those that the original has, at the same address', () => {
    const ports = '--name web -p 8080:80 -p 127.0.0.1:53:53/udp -p 90 -p 9000-9010:91'
    expect(sibling(`${ports} app`)).toBe('docker run -d --name web-pid-host -p 80 -p 127.0.0.1::53/udp -p 90 -p 9000-9010:91 --pid host app')
    expect(changes(`${ports} app`)).toEqual(['Port 8080 of the host is taken by the original: 80/tcp is published on a free one.', 'Port 53 of the host is taken by the original: 53/udp is published on a free one.'])
  })

  it('publishes nothing on the host’s network, and says so', () => {
    const line = '--name web -p 8080:80 --sysctl net.ipv4.ip_forward=1 app'
    expect(sibling(line, { kind: 'network-host' })).toBe('docker run -d --name web-network-host --network host app')
    expect(changes(line, { kind: 'network-host' })).toEqual(['On the host’s network docker publishes no ports: what it listens on are the host’s own ports.', 'net.ipv4.ip_forward would be the host’s own there, and is left out.'])
    expect(changes('--name web -P app', { kind: 'network-host' })).toHaveLength(1)
  })

  it('is none of Compose’s containers, and says when its swap is settled', () => {
    expect(sibling('--name web -l com.docker.compose.project=shop -l a=b app')).toBe('docker run -d --name web-pid-host --label a=b --pid host app')
    expect(changes('--name web -l com.docker.compose.project=shop app')).toEqual(['It has no labels of Docker Compose, which would take it for its own container.'])
    expect(changes('-m 16m --memory-swap 16m app', { kind: 'memory', bytes: 64 * 1024 ** 2 })).toEqual(['Its limit of memory and swap is less than that, and becomes docker’s default: twice the memory.'])
    expect(changes('-m 16m --memory-swap 128m app', { kind: 'memory', bytes: 64 * 1024 ** 2 })).toEqual([])
    expect(changes('-m 16m --memory-swap=-1 app', { kind: 'memory', bytes: 64 * 1024 ** 2 })).toEqual([])
  })

  it('writes to what the original writes to: where, is said', () => {
    expect(sharedPlaces(parseRunLine('docker run -v /srv:/a -v named:/b -v /srv:/c:ro -v /d --mount type=volume,src=kept,dst=/e --mount type=bind,src=/srv,dst=/f,ro --mount type=tmpfs,dst=/g --mount dst=/i --tmpfs /h app')))
      .toEqual([{ source: '/srv', target: '/a' }, { source: 'named', target: '/b' }, { source: 'kept', target: '/e' }])
  })
})

it('a value is hidden by its name, and the plan itself keeps it', () => {
  const plan = parseRunLine('docker run -e A=1 -e DB_PASSWORD=x -e EMPTY= app')
  expect(withHiddenValues(plan, looksSecret).environment).toEqual([{ name: 'A', value: '1' }, { name: 'DB_PASSWORD', value: '…' }, { name: 'EMPTY', value: '' }])
  expect(withHiddenValues(plan, () => true).environment.map(({ value }) => value)).toEqual(['…', '…', '…'])
  expect(plan.environment[0]?.value).toBe('1')
})
