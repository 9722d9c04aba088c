import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const runFile = promisify(execFile)

/** What a program of this machine writes to stdout, in C's language and UTC. Rejects with its own words when it fails. */
export async function run(command: string, ...args: string[]): Promise<string> {
  const { stdout } = await runFile(command, args, { env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' }, maxBuffer: 256 * 1024 * 1024 })
  return stdout
}

/** The lines of what it writes, without empty ones. */
export const linesOf = async (command: string, ...args: string[]): Promise<string[]> =>
  (await run(command, ...args)).split('\n').filter(line => line !== '')

/** What it writes with NUL between the items: names may hold anything else. */
export const itemsOf = async (command: string, ...args: string[]): Promise<string[]> =>
  (await run(command, ...args)).split('\0').filter(item => item !== '')

/** The words of one line; the last of `count` takes the rest. */
export function wordsOf(line: string, count: number): string[] {
  const words: string[] = []
  let rest = line.trim()
  while (words.length < count - 1) {
    const [, word = '', more = ''] = /^(\S*)\s*([^]*)$/.exec(rest) ?? []
    words.push(word)
    rest = more
  }
  return [...words, rest]
}
