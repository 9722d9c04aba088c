import { describe, expect, it } from 'vitest'
import type { ViewCommandId, ViewSide } from '../../../../shared/model/two-views'
import { compareSides, type MarkedSide, type PidPair } from '../../../../shared/two-views/compare-sides'
import { psRows } from '../../../../shared/two-views/ps-rows'

const side = (text: string, more: Partial<ViewSide> = {}): ViewSide => ({
  how: 'ran',
  command: '',
  lines: text.split('\n').map(line => ({ stream: 'stdout', text: line, isCut: false })),
  exitCode: 0,
  endedAt: null,
  tookMs: 1,
  pid: null,
  note: null,
  problem: null,
  ...more,
})
const marks = ({ lines }: MarkedSide): string[] => lines.map(({ mark, note, text }) => `${mark ?? '-'} ${text}${note === null ? '' : ` (${note})`}`)
const compare = (id: ViewCommandId, inside: string, outside: string, more: Partial<ViewSide> = {}): ReturnType<typeof compareSides> => compareSides(id, [id], side(inside), side(outside, more), [])

// As ps of procps 4.0.2 and of busybox 1.35.0 wrote them.
const PROCPS = `USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND
root           1  0.0  0.1 1024112 42900 ?       Ssl  01:54   0:00 node /usr/src/app/app.js
root          17  0.0  0.1 1024112 42692 ?       Sl   01:54   0:00 /usr/local/bin/node /usr/src/app/app.js
root         132 20.0  0.0   8104  4212 ?        Rs   02:18   0:00 ps aux`
const BUSYBOX = `PID   USER     COMMAND
    1 root     sleep 10000
    7 root     ps aux`
const HOST = `USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND
root           1  0.1  0.0  14008 10136 ?        Ss   01:48   0:02 process_api
root           2  0.0  0.0      0     0 ?        S    01:48   0:00 [kthreadd]
root        9629  0.0  0.1 1024112 42900 ?       Ssl  01:54   0:00 node /usr/src/app/app.js
root        9670  0.0  0.1 1024112 42692 ?       Sl   01:54   0:00 /usr/local/bin/node /usr/src/app/app.js
root       14374 20.0  0.0   8104  4212 ?        Rs   02:18   0:00 ps aux
root       14375 20.0  0.0   8104  4212 ?        R    02:18   0:00 ps aux`
const PAIRS: PidPair[] = [{ inside: 1, host: 9629 }, { inside: 17, host: 9670 }]
const ps = (inside: string, pairs = PAIRS): ReturnType<typeof compareSides> => compareSides('ps', ['ps', 'aux'], side(inside, { pid: 14374 }), side(HOST, { pid: 14375 }), pairs)

describe('ps', () => {
  it('is read by its heading, whoever wrote it', () => {
    expect(psRows(side(PROCPS).lines).map(({ index, pid, command }) => [index, pid, command])).toEqual([[1, 1, 'node /usr/src/app/app.js'], [2, 17, '/usr/local/bin/node /usr/src/app/app.js'], [3, 132, 'ps aux']])
    expect(psRows(side(BUSYBOX).lines).map(({ pid, command }) => [pid, command])).toEqual([[1, 'sleep 10000'], [7, 'ps aux']])
    expect(psRows(side('ps: unrecognized option: a').lines)).toEqual([])
    expect(psRows(side('').lines)).toEqual([])
  })

  it('counts both sides, and itself among them', () => {
    const { inside, outside } = ps(PROCPS)
    expect([inside.count, inside.ownCount, outside.count, outside.ownCount]).toEqual([3, 1, 6, 1])
  })

  it('marks a process with its number on the other side', () => {
    const { inside, outside } = ps(PROCPS)
    expect(inside.lines.map(({ mark, note }) => [mark, note])).toEqual([[null, null], ['same', 'PID 9629 outside'], ['same', 'PID 9670 outside'], ['same', 'this ps itself']])
    expect(outside.lines.map(({ mark, note }) => [mark, note])).toEqual([[null, null], ['only', null], ['only', null], ['same', 'PID 1 inside'], ['same', 'PID 17 inside'], ['same', 'the ps inside'], ['only', 'this ps itself']])
  })

  it('does not say which ps is the one that was asked where two look like it', () => {
    const { inside } = ps(`${BUSYBOX}\n    8 root     ps aux`, [])
    expect([inside.ownCount, inside.lines.map(({ mark, note }) => [mark, note])]).toEqual([2, [[null, null], [null, null], [null, 'such a ps'], [null, 'such a ps']]])
  })

  it('claims of no process that it is on one side alone where the container\'s are not known', () => {
    const { outside } = ps(PROCPS, [])
    expect(outside.lines.filter(({ mark }) => mark === 'only')).toEqual([])
  })
})

describe('what stands on both sides', () => {
  it('ls: names', () => {
    const { inside, outside } = compare('ls', 'bin\nsrv', 'bin\nboot')
    expect([marks(inside), marks(outside), inside.count, outside.count]).toEqual([['same bin', 'only srv'], ['same bin', 'only boot'], 2, 2])
  })

  it('mount: places, in both ways of writing, and each of those that lie on one', () => {
    const { inside, outside } = compare('mount', 'overlay on / type overlay (rw)\nproc on /proc type proc (rw,nosuid)\ntmpfs on /a on b type tmpfs (rw)\nx on /y type z (rw)\nx2 on /y type z (rw)', '/dev/vda / ext4 rw 0 0\nproc /proc proc rw,nosuid 0 0\nx /y z rw 0 0')
    expect(marks(inside).map(line => line.split(' ')[0])).toEqual(['differs', 'same', 'only', 'same', 'only'])
    expect(marks(outside).map(line => line.split(' ')[0])).toEqual(['differs', 'same', 'same'])
    expect([inside.count, outside.count]).toEqual([5, 3])
  })

  it('ip: interfaces and their addresses, of iproute2, busybox and /proc/net/dev', () => {
    const { inside, outside } = compare('ip', '1: lo: <LOOPBACK> mtu 65536 qdisc noqueue qlen 1000\n    inet 127.0.0.1/8 scope host lo\n       valid_lft forever\n5: eth0@if6: <UP> mtu 1500\n    inet 172.17.0.2/16 brd x', '1: lo: <LOOPBACK> mtu 65536 state UNKNOWN\n    inet 127.0.0.1/8 scope host lo\n2: eth0: <UP>\n    inet 192.0.2.2/24 brd x')
    expect(marks(inside).map(line => line.split(' ')[0])).toEqual(['same', 'same', '-', 'same', 'only'])
    expect([inside.count, outside.count]).toEqual([2, 2])
    const files = compare('ip', 'Inter-|   Receive  |  Transmit\n face |bytes    packets\n    lo:       0       0\n  eth0:1714 21', '    lo: 5 5\n')
    expect(marks(files.inside).map(line => line.split(' ')[0])).toEqual(['-', '-', 'same', 'only'])
    expect(files.inside.count).toBe(2)
  })

  it('env: names alone; os-release and free: what is said of a name', () => {
    expect(marks(compare('env', 'PATH=‹redacted›', 'PATH=‹redacted›\nLC_ALL=‹redacted›').outside)).toEqual(['same PATH=‹redacted›', 'only LC_ALL=‹redacted›'])
    expect(marks(compare('os-release', 'ID=alpine\nA=1', 'ID=debian\nA=1').inside)).toEqual(['differs ID=alpine', 'same A=1'])
    expect(marks(compare('free', '       total\nMem:   5  3', '       total\nMem:   5 3').inside)).toEqual(['-        total', 'same Mem:   5  3'])
  })

  it('one answer: the same, or not', () => {
    expect(marks(compare('hostname', '21f1', 'vm').inside)).toEqual(['differs 21f1'])
    expect(marks(compare('nproc', '2', '2').outside)).toEqual(['same 2'])
  })

  it('nothing is marked beside a side that said nothing, and nothing as missing from one that was cut', () => {
    expect(marks(compare('ls', 'bin', '').inside)).toEqual(['- bin'])
    expect(marks(compare('ls', 'bin\nsrv', 'bin', { endedAt: 'size' }).inside)).toEqual(['same bin', '- srv'])
    expect(compare('ls', 'bin', 'bin', { endedAt: 'size' }).outside.isAtLeast).toBe(true)
  })
})
