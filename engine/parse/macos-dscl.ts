import type { ThisComputer } from '../../shared/model/this-computer'
import { textFromLatin1 } from './raw-name'

type Account = NonNullable<ThisComputer['users']>[number]

/**
 * `dscl . -list /Users UniqueID` of macOS (dscl(1)): a name and a number a line. `uid_t` is an unsigned 32-bit number (sys/_types.h);
 * the directory writes that of `nobody` as -2.
 */
export const parseMacosUsers = (text: string): Account[] =>
  text.split('\n').flatMap((line) => {
    const [, name, uid] = line.match(/^(\S.*?)\s+(-?\d+)\s*$/) ?? []
    return name === undefined || uid === undefined ? [] : [{ name: textFromLatin1(name), uid: Number(uid) >>> 0 }]
  })
