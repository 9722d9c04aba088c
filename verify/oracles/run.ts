import type { Machine } from '../machine'

/** The lines of what a program writes, without empty ones. */
export const linesOf = async (machine: Machine, command: string, ...args: string[]): Promise<string[]> =>
  (await machine.run(command, ...args)).split('\n').filter(line => line !== '')

/** What it writes with NUL between the items: names may hold anything else. */
export const itemsOf = async (machine: Machine, command: string, ...args: string[]): Promise<string[]> =>
  (await machine.run(command, ...args)).split('\0').filter(item => item !== '')

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
