import type { ShellRequest } from '../model/shell'
import { shellLine } from './shell-quote'

/** What opens the same in a terminal of one's own. A container's name has no character that a shell takes for its own (moby, names.go). */
export function shellCommand({ shell, user, workingDirectory }: Pick<ShellRequest, 'shell' | 'user' | 'workingDirectory'>, containerName: string): string {
  return shellLine(['docker', 'exec', '-it', ...user === '' ? [] : ['-u', user], ...workingDirectory === '' ? [] : ['-w', workingDirectory], containerName, shell])
}
