import type { ThisComputer } from '../../shared/model/this-computer'
import { textFromLatin1 } from './raw-name'

type Row = NonNullable<ThisComputer['processes']>[number]

/**
 * `ps -axwwo pid=,ppid=,user=,comm=` of macOS (ps(1)), one character a byte. Its `comm` is the whole path of the program and may hold
 * blanks; lines that are not of that form are left out.
 */
export const parseMacosPs = (text: string): Row[] =>
  text.split('\n').flatMap((line) => {
    const [, pid, ppid, user, command] = line.match(/^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*\S)\s*$/) ?? []
    return pid === undefined || ppid === undefined || user === undefined || command === undefined
      ? []
      : [{ pid: Number(pid), ppid: Number(ppid), user: textFromLatin1(user), command: textFromLatin1(command) }]
  })
