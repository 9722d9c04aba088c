import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Problem, ProblemError } from '../../../../shared/model/problem'
import { RunPlan } from '../../../../shared/model/run-plan'
import { parseRunLine } from '../../../../shared/run/parse-run-line'
import { planWith } from './arbitrary-plan'

/** What is wrong with a line; fails where nothing is. */
function problemOf(line: string): Problem {
  try {
    parseRunLine(line)
  }
  catch (error) {
    if (error instanceof ProblemError)
      return error.problem
    throw error
  }
  throw new Error(`it was taken: ${line}`)
}

describe('a line', () => {
  it.each([
    ['docker run busybox'],
    ['docker container run busybox'],
    ['sudo docker run busybox'],
    ['podman run busybox'],
    ['/usr/bin/docker run busybox'],
    ['$ docker run busybox'],
    ['# docker run busybox'],
    ['  docker   run\tbusybox  '],
    ['docker run \\\n  busybox'],
    ['docker run \\\r\n  busybox\r\n'],
    ['docker r\\\nun busybox'],
    ['docker run busybox # that is all; $really'],
    ['docker run busybox\n# and no more\n\n'],
    ['docker run -- busybox'],
    ['docker run --rm=false --privileged=0 -d=f busybox'],
  ])('%j asks for an image and nothing else', (line) => {
    expect(parseRunLine(line)).toEqual(planWith({}))
  })

  it.each<[string, Partial<RunPlan>]>([
    ['-itd', { isInteractive: true, hasTerminal: true, isDetached: true }],
    ['-it=false', { isInteractive: true }],
    ['-dp8080:80', { isDetached: true, ports: [{ hostAddress: '', hostPort: '8080', containerPort: 80, protocol: 'tcp' }] }],
    ['-p=8080:80', { ports: [{ hostAddress: '', hostPort: '8080', containerPort: 80, protocol: 'tcp' }] }],
    ['-p [::1]:8080:80/udp', { ports: [{ hostAddress: '::1', hostPort: '8080', containerPort: 80, protocol: 'udp' }] }],
    ['-p 127.0.0.1::80', { ports: [{ hostAddress: '127.0.0.1', hostPort: '', containerPort: 80, protocol: 'tcp' }] }],
    ['-p 8000-8001:80-81', { ports: [{ hostAddress: '', hostPort: '8000', containerPort: 80, protocol: 'tcp' }, { hostAddress: '', hostPort: '8001', containerPort: 81, protocol: 'tcp' }] }],
    ['-p 8000-8001:80', { ports: [{ hostAddress: '', hostPort: '8000-8001', containerPort: 80, protocol: 'tcp' }] }],
    ['--net=host', { modes: { ...planWith({}).modes, network: 'host' } }],
    ['-e "A=it\'s \\"here\\" \\$5" -e \'B=$HOME\' -e C=a\\ b -e D=', { environment: [{ name: 'A', value: 'it\'s "here" $5' }, { name: 'B', value: '$HOME' }, { name: 'C', value: 'a b' }, { name: 'D', value: '' }] }],
    ['-e "A=^a$" -e B=$', { environment: [{ name: 'A', value: '^a$' }, { name: 'B', value: '$' }] }],
    ['--name aa --name web', { name: 'web' }],
    ['-l a=1 -l a=2 -l b', { labels: [{ name: 'a', value: '2' }, { name: 'b', value: '' }] }],
    ['-m 1.5g --memory-swap -1 --cpus .5', { limits: { ...planWith({}).limits, memoryBytes: 1_610_612_736, memorySwapBytes: -1, nanoCpus: 500_000_000 } }],
    ['--device /dev/a:r --device //dev/./b/ --device /dev/c:/dev/d', { devices: [{ onHost: '/dev/a', inside: '/dev/a', permissions: 'r' }, { onHost: '/dev/b', inside: '/dev/b', permissions: 'rwm' }, { onHost: '/dev/c', inside: '/dev/d', permissions: 'rwm' }] }],
    ['--mount \'type=bind,"src=/a,b",dst=/c,ro\'', { mounts: [{ flag: 'mount', type: 'bind', source: '/a,b', target: '/c', isReadOnly: true, propagation: null }] }],
    ['--entrypoint= ', { entrypoint: '' }],
  ])('%s is understood as docker does', (flags, said) => {
    expect(parseRunLine(`docker run ${flags} busybox`)).toEqual(planWith(said))
  })

  it('leaves what follows the image to the container', () => {
    expect(parseRunLine('docker run --rm busybox ls --rm -p -- \'a b\' ""')).toEqual(planWith({ isRemovedAtEnd: true, command: ['ls', '--rm', '-p', '--', 'a b', ''] }))
  })
})

describe('a line that is refused', () => {
  it.each([
    ['', 'RUN_LINE_NOT_RUN', 'column 1'],
    ['docker ps', 'RUN_LINE_NOT_RUN', '“ps”'],
    ['A=1 docker run busybox', 'RUN_LINE_NOT_RUN', '“A=1”'],
    ['docker --context there run busybox', 'RUN_LINE_NOT_RUN', 'another engine'],
    ['docker run', 'RUN_LINE_WITHOUT_IMAGE', 'No image'],
    ['docker run -d --rm', 'RUN_LINE_WITHOUT_IMAGE', 'No image'],
    ['docker run -e A=$HOME busybox', 'RUN_LINE_SUBSTITUTES', '“$HOME”'],
    ['docker run -v "$(pwd)":/src busybox', 'RUN_LINE_SUBSTITUTES', '“$(pwd)”'],
    ['docker run -v `pwd`:/src busybox', 'RUN_LINE_SUBSTITUTES', '“`pwd`”'],
    ['docker run -v ${PWD}:/src busybox', 'RUN_LINE_SUBSTITUTES', '“${PWD}”'],
    ['docker run -v ~/src:/src busybox', 'RUN_LINE_SUBSTITUTES', '“~”'],
    ['docker run busybox ls *.txt', 'RUN_LINE_SUBSTITUTES', '“*”'],
    ['docker run busybox echo {a,b}', 'RUN_LINE_SUBSTITUTES', '“{a,b}”'],
    ['docker run busybox echo $\'a\'', 'RUN_LINE_SUBSTITUTES', 'column 25'],
    ['docker run busybox; rm -rf /', 'RUN_LINE_NOT_ONE_COMMAND', '“;”'],
    ['docker run busybox && ls', 'RUN_LINE_NOT_ONE_COMMAND', '“&&”'],
    ['docker run busybox | cat', 'RUN_LINE_NOT_ONE_COMMAND', '“|”'],
    ['docker run busybox > out', 'RUN_LINE_NOT_ONE_COMMAND', '“>”'],
    ['docker run busybox\ndocker ps', 'RUN_LINE_NOT_ONE_COMMAND', 'line 2, column 1'],
    ['docker run \'busybox', 'RUN_LINE_BROKEN', 'not closed'],
    ['docker run "busybox', 'RUN_LINE_BROKEN', 'column 12'],
    ['docker run busybox \\', 'RUN_LINE_BROKEN', 'nothing follows'],
    ['docker run \\ \n busybox', 'RUN_LINE_BROKEN', 'Spaces'],
    ['docker run bus\0ybox', 'RUN_LINE_NOT_TEXT', 'NUL'],
    ['docker run --nmae web busybox', 'RUN_LINE_FLAG_UNKNOWN', '“--nmae”'],
    ['docker run -dz busybox', 'RUN_LINE_FLAG_UNKNOWN', '“-z” in “-dz”'],
    ['docker run --gpus all busybox', 'RUN_LINE_FLAG_NOT_TAKEN', '“--gpus”'],
    ['docker run -a stdin busybox', 'RUN_LINE_FLAG_NOT_TAKEN', '“-a”'],
    ['docker run busybox --name', null, ''],
    ['docker run --name', 'RUN_LINE_WITHOUT_VALUE', '--name'],
    ['docker run --name a/b busybox', 'RUN_LINE_WRONG_VALUE', '“a/b” of --name'],
    ['docker run --rm=maybe busybox', 'RUN_LINE_WRONG_VALUE', '“maybe” of --rm'],
    ['docker run -p 99999:80 busybox', 'RUN_LINE_WRONG_VALUE', '“99999:80” of -p'],
    ['docker run -p localhost:80:80 busybox', 'RUN_LINE_WRONG_VALUE', 'no IP address'],
    ['docker run -p 1-2:80-82 busybox', 'RUN_LINE_WRONG_VALUE', 'different length'],
    ['docker run -e PATH busybox', 'RUN_LINE_WRONG_VALUE', 'its value from the shell'],
    ['docker run -v ./src:/src busybox', 'RUN_LINE_WRONG_VALUE', 'depends on where'],
    ['docker run -v data:src busybox', 'RUN_LINE_WRONG_VALUE', 'does not begin at the top'],
    ['docker run --mount type=npipe,target=/x busybox', 'RUN_LINE_WRONG_VALUE', 'npipe'],
    ['docker run --mount type=bind,target=/x busybox', 'RUN_LINE_WRONG_VALUE', 'without a source'],
    ['docker run --mount type=tmpfs,target=/x,volume-nocopy busybox', 'RUN_LINE_WRONG_VALUE', 'type=volume'],
    ['docker run --security-opt seccomp=p.json busybox', 'RUN_LINE_WRONG_VALUE', 'profile in a file'],
    ['docker run --security-opt x=y busybox', 'RUN_LINE_WRONG_VALUE', 'no security option'],
    ['docker run --memory much busybox', 'RUN_LINE_WRONG_VALUE', 'no size'],
    ['docker run --ulimit nofile=5:4 busybox', 'RUN_LINE_WRONG_VALUE', 'above'],
    ['docker run --network a --network b busybox', 'RUN_LINE_WRONG_VALUE', 'second network'],
    ['docker run --pid elsewhere busybox', 'RUN_LINE_WRONG_VALUE', 'not one that docker knows'],
    ['docker run --rm --restart always busybox', 'RUN_LINE_CONTRADICTS', '--restart'],
    ['docker run \'bus ybox\'', 'RUN_LINE_WRONG_IMAGE', '“bus ybox”'],
    ['docker run -', 'RUN_LINE_WRONG_IMAGE', '“-”'],
    ['docker run --= busybox', 'RUN_LINE_FLAG_UNKNOWN', '“--”'],
  ])('%j: %s', (line, code, words) => {
    if (code === null)
      return expect(parseRunLine(line).command).toEqual(['--name'])
    const problem = problemOf(line)
    expect(problem.code).toBe(code)
    expect(problem.what).toContain(words)
    expect(problem.what).toMatch(/\((?:line \d+, )?column \d+\)\.$/)
    expect(problem.fix).toMatch(/\.$/)
  })

  it('tells the line and column of the text as it was given', () => {
    expect(problemOf('$ docker run \\\n  --name xx \\\n  --colour red \\\n  busybox').what).toBe('“--colour” is no flag of docker run (line 3, column 3).')
  })
})

/** Text in which every word may be one that counts. */
const lineLike = fc.array(fc.oneof(
  fc.constantFrom('docker', 'run', ' ', ' ', '\\', '\n', '\'', '"', '$', '`', '#', '--', '-', '=', ':', ',', '/', '[', ']', '-p', '--mount', '--device', '-v', '--add-host', '--ulimit', '--cpus', '--security-opt', 'type=bind', '1', '80', '9007199254740993', '-1', 'e9', '.', '\0', '__proto__', 'constructor'),
  fc.string({ unit: 'grapheme', maxLength: 4 }),
), { maxLength: 25 }).map(parts => parts.join(''))

it.each([
  ['any text', fc.string({ unit: 'binary', maxLength: 200 })],
  ['text that is almost a line', lineLike],
  ['text after docker run', lineLike.map(text => `docker run ${text}`)],
])('reads %s, or says what is wrong with it', (_what, texts) => {
  fc.assert(fc.property(texts, (text) => {
    try {
      RunPlan.parse(parseRunLine(text))
    }
    catch (error) {
      expect(error).toBeInstanceOf(ProblemError)
    }
  }), { numRuns: 5000 })
})

it('is not held up by a long text', () => {
  const before = performance.now()
  for (const part of ['\'a\' ', '"', '\\', '{', '[', '-', ' #', '\\ ', '${', '-p 1:1 ', '\n'])
    expect(() => parseRunLine(`docker run ${part.repeat(90_000 / part.length)}`)).toThrow(/\(|:/)
  expect(performance.now() - before).toBeLessThan(5000)
})
