import { execFile, execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { DoneAction } from '../../../shared/model/action'
import { BuildRequest, type ImageWork } from '../../../shared/model/image-work'
import { ProblemError } from '../../../shared/model/problem'
import { docker, dockerWithInput } from '../../support/docker'
import { packTar } from '../../support/pack-tar'
import { startRegistry, type TestRegistry } from '../../support/registry'
import { tempFolder } from '../../support/temp-folder'
import { ensureBusyboxImage } from '../../support/test-images'
import { testService } from '../take'

const { handlers, close } = testService()
const tag = `isoscope-test-built-${process.pid}`
let base: string
beforeAll(async () => { base = await ensureBusyboxImage() })
afterEach(async () => { await docker('rmi', '--force', tag, `${tag}-theirs`).catch(() => {}) })
afterAll(close)

interface Told { readonly lines: string[], readonly layers: ImageWork['layers'], readonly imageId: string | null, readonly problem: ProblemError['problem'] | null }

async function told(items: AsyncIterable<ImageWork>): Promise<Told> {
  const lines: string[] = []
  let last: Pick<Told, 'layers' | 'imageId'> = { layers: [], imageId: null }
  try {
    for await (const item of items) {
      lines.push(...item.lines)
      last = item
    }
  }
  catch (error) {
    if (!(error instanceof ProblemError))
      throw error
    return { lines, layers: last.layers, imageId: last.imageId, problem: error.problem }
  }
  return { lines, layers: last.layers, imageId: last.imageId, problem: null }
}

const { signal } = new AbortController()
const build = (folder: string, more: { dockerfile?: string, tag?: string } = {}): Promise<Told> => told(handlers['image.build'](BuildRequest.parse({ folder, tag, ...more }), { signal }))

async function done(): Promise<DoneAction[]> {
  for await (const actions of handlers['actions.watch']({}, { signal }))
    return actions
  return []
}

/** A folder with these files; `→` is where a link leads. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = tempFolder()
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    if (content.startsWith('→'))
      symlinkSync(content.slice(1), join(folder, path))
    else
      writeFileSync(join(folder, path), content)
  }
  return folder
}

/** Everything below /ctx of an image, as its own programs list it. */
const contents = async (image: string): Promise<string[]> =>
  (await docker('run', '--rm', '--network', 'none', image, 'sh', '-c', 'cd /ctx && find . -exec stat -c "%n %F %a %u:%g %s" {} + | sort; find . -type l -exec readlink {} \\; | sort')).split('\n')

describe('an image that is built of a folder', () => {
  it('is the one that docker builds, and tells what was written', async () => {
    const folder = folderWith({
      'Dockerfile': `FROM ${base}\nCOPY . /ctx\nRUN printf 'a\\033[2Jb\\n'\n`,
      'a': 'one', 'b/c/d': 'two', 'b/exec': '#!/bin/sh', 'link': '→b/c/d', 'out': '→/etc/shadow', 'up': '→../..', 'dangling': '→nowhere', [`long/${'n'.repeat(120)}/ünï`]: 'x', 'empty': '',
    })
    chmodSync(join(folder, 'b/exec'), 0o755)
    const { imageId, lines, problem } = await build(folder)
    expect(problem).toBe(null)
    expect(imageId).toBe((await docker('inspect', '--format', '{{.Id}}', tag)))
    expect(lines).toContain('a\\x1b[2Jb')
    expect(lines.at(-1)).toBe(`Successfully tagged ${tag}:latest`)
    await promisify(execFile)('docker', ['build', '-t', `${tag}-theirs`, folder], { env: { ...process.env, DOCKER_BUILDKIT: '0' } })
    expect(await contents(tag)).toEqual(await contents(`${tag}-theirs`))
    expect((await done()).at(-1)).toMatchObject({ command: `docker build -t ${tag} ${folder}`, outcome: 'done' })
  })

  it.each([
    ['names', 'a\nb/\n'],
    ['wildcards', '*.log\n**/*.tmp\nb/?\n'],
    ['exceptions', '*\n!b/keep\n!*.md\nREADME.md\n'],
    ['exceptions below a folder', 'b\n!b/c/keep.md\n'],
    ['comments, spaces and slashes', '# all\n\n  /a  \n./b/c\n'],
    ['what the engine needs itself', 'Dockerfile\n.dockerignore\n'],
    ['everything', '**\n'],
    ['everything but one', '**\n!b/c/keep.md\n'],
    ['classes of characters', '[a-b]\nb/[^k]*\n'],
    ['a folder anywhere', '**/c\n'],
    ['escapes', '\\*.log\nb\\/c\n'],
  ])('is without what .dockerignore names, as docker takes it: %s', async (_what, ignore) => {
    const folder = folderWith({
      'Dockerfile': `FROM ${base}\nCOPY . /ctx\n`, '.dockerignore': ignore,
      'a': '1', 'x.log': '2', 'b/keep': '3', 'b/x.tmp': '4', 'b/y': '5', 'b/c/keep.md': '6', 'b/c/z.log': '7', 'README.md': '8', 'c/d/e': '9', '*.log': '10',
    })
    const theirs = await promisify(execFile)('docker', ['build', '-t', `${tag}-theirs`, folder], { env: { ...process.env, DOCKER_BUILDKIT: '0' } }).then(() => true, () => false)
    const ours = await build(folder)
    expect(ours.problem === null).toBe(theirs)
    if (theirs)
      expect(await contents(tag)).toEqual(await contents(`${tag}-theirs`))
  })

  it('may have its Dockerfile elsewhere in the folder', async () => {
    const folder = folderWith({ 'deep/My.Dockerfile': `FROM ${base}\nLABEL a=b\n` })
    const { problem, imageId } = await build(folder, { dockerfile: 'deep/My.Dockerfile', tag: '' })
    expect(problem).toBe(null)
    await docker('rmi', imageId ?? '')
  })

  it('is told why there is none', async () => {
    const failing = await build(folderWith({ Dockerfile: `FROM ${base}\nRUN echo before && false\n` }))
    expect(failing.lines).toContain('before')
    expect(failing.problem).toMatchObject({ code: 'IMAGE_NOT_BUILT', what: expect.stringContaining('returned a non-zero code: 1') })
    expect((await done()).at(-1)).toMatchObject({ outcome: 'failed' })
    expect((await build(folderWith({ Dockerfile: 'NONSENSE\n' }))).problem).toMatchObject({ code: 'IMAGE_NOT_BUILT', what: expect.stringContaining('NONSENSE') })
    expect((await build(folderWith({ a: '' }))).problem).toMatchObject({ code: 'BUILD_FOLDER_WITHOUT_DOCKERFILE' })
    expect((await build('/isoscope/no/folder')).problem).toMatchObject({ code: 'BUILD_FOLDER_UNREADABLE', what: expect.stringContaining('is not there') })
    expect((await build('/')).problem).toMatchObject({ code: 'BUILD_FOLDER_TOO_LARGE' })
    expect((await build(folderWith({ Dockerfile: '→/etc/passwd' }))).problem).toMatchObject({ code: 'BUILD_FOLDER_WITHOUT_DOCKERFILE' })
  })

  it('is given up when whoever asked for it leaves', async () => {
    const stop = new AbortController()
    const items = handlers['image.build'](BuildRequest.parse({ folder: folderWith({ Dockerfile: `FROM ${base}\nRUN echo begun && sleep 1000\n` }), tag }), { signal: stop.signal })
    for await (const { lines } of items) {
      if (lines.includes('begun'))
        break
    }
    stop.abort()
    expect((await done()).at(-1)).toMatchObject({ outcome: 'failed', because: 'It was given up: whoever asked for it left.' })
  })

  it('is sent as it is read: a large file is never held whole', async () => {
    const folder = folderWith({ 'Dockerfile': `FROM ${base}\n` })
    execFileSync('dd', ['if=/dev/zero', `of=${join(folder, 'large')}`, 'bs=1M', 'count=200'], { stdio: 'ignore' })
    const before = process.memoryUsage().arrayBuffers
    let most = 0
    const timer = setInterval(() => { most = Math.max(most, process.memoryUsage().arrayBuffers - before) }, 5)
    expect((await build(folder)).problem).toBe(null)
    clearInterval(timer)
    expect(most).toBeLessThan(100 * 1024 * 1024)
  })
})

describe('an image that is pulled', () => {
  let registry: TestRegistry
  beforeAll(async () => {
    // One that this engine does not have, else there is nothing to fetch.
    const image = `isoscope-test-pulled-${process.pid}`
    await dockerWithInput([await packTar({ name: 'stamp', body: `${process.pid} ${Date.now()}` })], ['import', '-', image])
    registry = await startRegistry(image)
    await docker('rmi', image)
  })
  afterAll(async () => {
    await docker('rmi', '--force', registry.image).catch(() => {})
    await registry.close()
  })
  const pull = (reference: string): Promise<Told> => told(handlers['image.pull']({ reference }, { signal }))

  it('is there then, with what was told of its layers', async () => {
    const { imageId, lines, layers, problem } = await pull(registry.image)
    expect(problem).toBe(null)
    expect(imageId).toBe(await docker('inspect', '--format', '{{.Id}}', `${registry.image}:latest`))
    expect(layers).toEqual([{ id: expect.stringMatching(/^[0-9a-f]{12}$/), status: 'Pull complete', currentBytes: null, totalBytes: null }])
    expect(lines.join('\n')).toMatch(/Digest: sha256:[0-9a-f]{64}\nStatus: /)
    const digest = /sha256:[0-9a-f]{64}/.exec(lines.join('\n'))?.[0] ?? ''
    expect((await pull(`${registry.image}@${digest}`)).imageId).toBe(imageId)
    expect((await done()).at(-1)).toMatchObject({ command: `docker pull ${registry.image}@${digest}`, outcome: 'done' })
  })

  it('is told why it is not', async () => {
    expect((await pull(`${registry.image}:no-such-tag`)).problem).toMatchObject({ code: 'IMAGE_NOT_IN_REGISTRY' })
    expect((await pull('127.0.0.1:1/test/app')).problem).toMatchObject({ code: 'REGISTRY_UNREACHABLE', what: expect.stringContaining('connection refused') })
  })
})
