// The helper's program for both machines, from its one source file: the same bytes whenever the tools are the same.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const SOURCE = resolve(import.meta.dirname, '../../helper/isoscope-helper.c')

/** No C library, no start files, nothing of this build but its code. */
const FLAGS = [
  '-std=c11', '-Os', '-Wall', '-Wextra', '-Werror', '-ffreestanding', '-nostdlib', '-static', '-fno-pie', '-no-pie', '-fno-strict-aliasing',
  '-fno-stack-protector', '-fno-unwind-tables', '-fno-asynchronous-unwind-tables', '-fno-tree-loop-distribute-patterns', '-fno-ident',
  '-Wl,--build-id=none', '-Wl,-z,noseparate-code', '-Wl,-z,noexecstack', '-s',
]

/**
 * @typedef {object} Programs
 * @property {string} sourceSha256 of helper/isoscope-helper.c
 * @property {Program} amd64 by the names that images have for machines
 * @property {Program} arm64
 *
 * @typedef {object} Program
 * @property {string} madeWith the tools that the bytes depend on
 * @property {string} base64
 */

/** @returns {Promise<Programs>} */
export async function makePrograms() {
  const [amd64, arm64] = await Promise.all([
    makeProgram('x86_64-linux-gnu-gcc', ['-fcf-protection=none']),
    makeProgram('aarch64-linux-gnu-gcc', ['-mno-outline-atomics']),
  ])
  return { sourceSha256: await sourceSha256(), amd64, arm64 }
}

export const sourceSha256 = async () => createHash('sha256').update(await readFile(SOURCE)).digest('hex')

/**
 * @param {string} compiler
 * @param {string[]} flags
 * @returns {Promise<Program>}
 */
async function makeProgram(compiler, flags) {
  const folder = await mkdtemp(join(tmpdir(), 'isoscope-helper-'))
  try {
    const program = join(folder, 'program')
    await run(compiler, [...FLAGS, ...flags, '-o', program, SOURCE], { env: { PATH: process.env['PATH'], LC_ALL: 'C' } })
    return { madeWith: await toolVersions(compiler), base64: (await readFile(program)).toString('base64') }
  }
  finally {
    await rm(folder, { recursive: true })
  }
}

/**
 * `x86_64-linux-gnu-gcc (Debian 12.2.0-14+deb12u1) 12.2.0; GNU ld (GNU Binutils for Debian) 2.40`
 * @param {string} compiler
 */
async function toolVersions(compiler) {
  const { stdout: linker } = await run(compiler, ['-print-prog-name=ld'])
  const versions = await Promise.all([compiler, linker.trim()].map(async tool => (await run(tool, ['--version'])).stdout.split('\n')[0]))
  return versions.join('; ')
}
