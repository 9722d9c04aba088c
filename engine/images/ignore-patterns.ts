/** Whether a path of a folder is left out, by the lines of its `.dockerignore`: the last one that matches decides. */
export interface IgnorePatterns {
  readonly ignores: (path: string) => boolean
  /** Whether something below an ignored folder may be taken in again by a line with `!`. */
  readonly mayTakeBelow: (folder: string) => boolean
}

interface Pattern { readonly matches: RegExp, readonly isException: boolean, readonly text: string }

/** Docker documentation, “.dockerignore file”; moby/patternmatcher: paths from the folder's top, with `/`, and a folder stands for all below it. */
export function ignorePatterns(text: string): IgnorePatterns {
  const patterns = text.replace(/^\uFEFF/, '').split('\n').flatMap(parseLine)
  return {
    ignores: path => patterns.reduce((is, { matches, isException }) => is === isException && matches.test(path) ? !isException : is, false),
    mayTakeBelow: folder => patterns.some(({ isException, text: pattern }) => isException && reachesBelow(pattern, folder)),
  }
}

function parseLine(line: string): Pattern[] {
  if (line.startsWith('#'))
    return []
  const trimmed = line.trim()
  const isException = trimmed.startsWith('!')
  const text = clean(isException ? trimmed.slice(1).trim() : trimmed)
  return text === '' ? [] : [{ isException, text, matches: new RegExp(`^${expression(text)}(?:/.*)?$`, 's') }]
}

/** As Go's filepath.Clean, without the slash at the beginning. */
const clean = (path: string): string => path.split('/').reduce<string[]>((parts, part) =>
  part === '' || part === '.' ? parts : part === '..' ? parts.slice(0, -1) : [...parts, part], []).join('/')

/** `**` is any number of folders, `*` and `?` stay within a name, `[…]` is one of these characters, and a backslash takes the next as it is. */
function expression(pattern: string): string {
  let made = ''
  for (const [token] of pattern.matchAll(/\*\*\/|\*\*|\*|\?|\[\^?[^\]]+\]|\\[\s\S]|[\s\S]/g)) {
    switch (token) {
      case '**/':
        made += '(?:.*/)?'
        break
      case '**':
        made += '.*'
        break
      case '*':
        made += '[^/]*'
        break
      case '?':
        made += '[^/]'
        break
      default:
        made += token.length > 1 && token.startsWith('[') ? token.replaceAll('\\', '\\\\') : token.replace(/^\\(?=.)/s, '').replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    }
  }
  return made
}

/** By its beginning up to the first wildcard: rather too often than too seldom, it only costs looking. */
function reachesBelow(pattern: string, folder: string): boolean {
  const fixed = /^[^*?[\\]*/.exec(pattern)?.[0] ?? ''
  return fixed.startsWith(`${folder}/`) || (fixed !== pattern && `${folder}/`.startsWith(fixed))
}
