import { chmodSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { tempFolder } from './temp-folder'

/** A folder that shows this machine's procfs as it would be if some of the processes did not run; what begins later is not in it. */
export function procWithout(isHidden: (pid: number) => boolean): string {
  const folder = tempFolder()
  chmodSync(folder, 0o755)
  for (const name of readdirSync('/proc').filter(name => !isHidden(Number(name))))
    symlinkSync(join('/proc', name), join(folder, name))
  return folder
}
