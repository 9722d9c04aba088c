import type { PasswdEntry } from '../../shared/model/users'
import { textFromLatin1 } from './raw-name'

/** passwd(5), one character a byte. Lines that are no account (comments, NIS `+` lines, broken ones) are left out. */
export const parsePasswd = (text: string): PasswdEntry[] =>
  text.split('\n').flatMap((line) => {
    const [name, , uid, gid, , home, shell] = line.split(':')
    const isAccount = name !== undefined && name !== '' && !/^[#+-]/.test(name) && /^\d+$/.test(uid ?? '') && /^\d+$/.test(gid ?? '')
    return isAccount
      ? [{ name: textFromLatin1(name), uid: Number(uid), gid: Number(gid), home: textFromLatin1(home ?? ''), shell: textFromLatin1(shell ?? '') }]
      : []
  })

/** Who an id is: the first entry wins, as in getpwuid(3). */
export const userNames = (entries: readonly PasswdEntry[]): ReadonlyMap<number, string> =>
  new Map([...entries].reverse().map(entry => [entry.uid, entry.name]))
